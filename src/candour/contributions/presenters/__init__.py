"""Rows and summaries for the pages of contributions."""
