"""The report tree as a page, as a tagged PDF and as a Word file: three renderers, one content."""
