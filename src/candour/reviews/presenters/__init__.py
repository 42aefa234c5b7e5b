"""Rows and summaries for the pages of a review."""
