"""Forms for asking agencies, for what they send, and for hearing people."""
