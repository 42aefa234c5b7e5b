"""Names kept out of what is published: proposals, leak check, clearance."""
