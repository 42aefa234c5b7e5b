"""What every room shares and nothing else: actor, decision, errors, clock, references."""
