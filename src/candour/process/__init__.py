"""The steps of a case's process: what may follow, what is on record for it, what is missing."""
