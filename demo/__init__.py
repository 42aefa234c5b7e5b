"""The demonstration: played through the real services, never part of the installed product."""
