"""Append-only events, a hash chain per case, verification."""
