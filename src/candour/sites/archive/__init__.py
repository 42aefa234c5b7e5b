"""The public site: where published reviews are found."""
