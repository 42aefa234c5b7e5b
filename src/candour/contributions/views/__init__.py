"""Pages of contributions: asking agencies, checking what they send, hearing people."""
