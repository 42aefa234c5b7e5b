"""Incident, notification record, rapid review, criteria assessment, decision."""
