"""Pages of the board's response and its actions."""
