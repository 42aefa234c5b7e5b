"""Pages of publication and withdrawal."""
