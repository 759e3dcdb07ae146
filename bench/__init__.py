"""Measurements: what the project promises, put beside what really happens."""
