"""What an operator sees of the traffic: a log line a request, counters and latencies; no personal data."""
