"""Two entry points: the private workspace and the public archive."""
