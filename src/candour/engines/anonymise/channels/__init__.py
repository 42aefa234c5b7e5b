"""Everything that a file says, in whatever channel: its text, and all that travels beside it.

Nothing here decides what is a leak. Whatever cannot be read is listed as not checked."""
