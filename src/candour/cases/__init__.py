"""The root of everything confidential: reference, regime, sealing key, memberships."""
