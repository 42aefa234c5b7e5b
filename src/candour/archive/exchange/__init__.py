"""How other machines read the archive: citations, linked data, harvesting, an interface, packages.

Everything here asks `candour.archive.selectors` what may be shown, as the pages do.
"""
