"""Names found, names replaced, and published bytes searched for names that stayed."""
