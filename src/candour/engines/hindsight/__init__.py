"""Language of blame and of hindsight, prompted and never forbidden."""
