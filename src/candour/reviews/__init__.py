"""Commission: lead reviewer and independence, terms of reference, agencies in scope."""
