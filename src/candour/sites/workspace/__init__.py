"""The private site: where reviews are carried out."""
