"""Pages of the draft report."""
