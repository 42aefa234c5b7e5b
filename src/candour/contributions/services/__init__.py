"""Asking, receiving, checking and signing off; hearing people. One verb to a module."""
