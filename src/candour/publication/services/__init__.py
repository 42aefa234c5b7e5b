"""Preparing, clearing, publishing and withdrawing a report."""
