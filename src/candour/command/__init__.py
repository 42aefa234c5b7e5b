"""The `candour` command: engines without a web site, and running the product."""
