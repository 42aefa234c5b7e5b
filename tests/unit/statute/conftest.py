"""Laws are about rules, never about how fast this machine is today."""

from hypothesis import settings

settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")
