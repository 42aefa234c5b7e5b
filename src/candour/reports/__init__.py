"""One report tree; HTML, PDF and Word from it."""
