"""What Candour can do without a web site or a database."""
