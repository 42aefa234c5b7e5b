"""The forms of an incident: each becomes plain values before a service sees it."""
