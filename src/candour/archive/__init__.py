"""The public archive: catalogue, reading pages, search, feeds."""
