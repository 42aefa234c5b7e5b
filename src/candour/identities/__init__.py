"""The sealed register of real people and places of a case, and their pseudonyms."""
