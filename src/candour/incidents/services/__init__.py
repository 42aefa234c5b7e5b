"""Logging an incident and taking it to a decision, one verb to a module."""
