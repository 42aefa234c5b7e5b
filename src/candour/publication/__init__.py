"""Holds, clearance, publish and withdraw: the only door into the archive."""
