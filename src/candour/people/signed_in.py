"""The signed-in person of a request."""

from django.http import HttpRequest

from candour.kernel.actor import Actor
from candour.people.models import User


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as an actor."""
    return Actor(id=str(request.user.pk))


def user_of(request: HttpRequest) -> User:
    """The signed-in person; TypeError on a page that nobody need be signed in for."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user
