"""Paragraphs found by their words, with the places that match."""
