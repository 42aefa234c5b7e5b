"""People who asked to be told of what is new; nothing is sent before they confirmed it."""

import secrets

from django.db import models

from candour.kernel import clock


def _token() -> str:
    return secrets.token_urlsafe(32)


class AlertKey(models.Model):
    """The public half of the key to which addresses are sealed; the worker holds the other half.

    The public site can therefore write an address down and cannot read one.
    """

    recipient = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.recipient


class Alert(models.Model):
    """A search that somebody asked to be told about.

    `address_sealed` is the e-mail address, sealed. `query` is the search as it stands in an
    address. Whoever knows `token` may confirm or stop it. `seen_up_to` is the last line of the
    publication log about which its owner was told.
    """

    token = models.CharField(max_length=60, unique=True, default=_token)
    address_sealed = models.BinaryField()
    query = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    invited_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    seen_up_to = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
