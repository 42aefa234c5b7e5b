"""Entries, events and the integrated chronology."""
