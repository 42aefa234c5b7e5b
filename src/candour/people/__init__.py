"""Partnerships, agencies and their predecessors, users, sign-in."""
