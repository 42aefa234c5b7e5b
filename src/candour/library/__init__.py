"""The librarian's desk: taking in reports, checking them, describing them, keeping the ledger."""
