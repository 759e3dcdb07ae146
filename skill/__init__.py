"""Hip coach: a guided psoas stretch routine by voice."""
