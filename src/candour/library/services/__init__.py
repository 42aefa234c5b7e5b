"""What librarians do, one verb each."""
