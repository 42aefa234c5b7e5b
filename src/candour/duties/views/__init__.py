"""Pages of what is owed, how the case moved, and its meetings."""
