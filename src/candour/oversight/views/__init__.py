"""Pages of the letters, of what was sent to a national body, and of its desk."""
