"""The pages of the librarian's desk."""
