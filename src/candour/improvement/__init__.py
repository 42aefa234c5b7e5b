"""Board response, actions, evidence of impact, briefings."""
