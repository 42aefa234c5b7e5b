"""What is asked of and given by agencies, practitioners and family."""
