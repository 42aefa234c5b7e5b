"""What can be done between a partnership and a national body."""
