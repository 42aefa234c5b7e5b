"""Has anything in the audit been changed, removed or slipped in? Names the first broken row."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.audit.chain import seal_hash
from candour.audit.models import Event, Seal, Stream, hash_of


@dataclass(frozen=True)
class Broken:
    """The first row of a chain that does not follow from the one before it."""

    stream: str
    sequence: int
    what: str

    def __str__(self) -> str:
        return f"{self.stream} row {self.sequence}: {self.what}"


def verify() -> list[Broken]:
    """Every chain and the chain of seals; an empty list means that nothing was tampered with."""
    streams = list(Stream.objects.order_by("key"))
    keys = set(Event.objects.order_by().values_list("stream", flat=True).distinct())
    broken = [fault for stream in streams for fault in _verify_stream(stream)]
    broken += [Broken(key, 1, "has events but no head") for key in keys - {s.key for s in streams}]
    return broken + list(_verify_seals({stream.key: stream for stream in streams}))


def _verify_stream(stream: Stream) -> Iterator[Broken]:
    previous, expected = "", 0
    for event in Event.objects.filter(stream=stream.key).order_by("sequence").iterator():
        expected += 1
        fault = _fault(event, previous, expected)
        if fault:
            yield Broken(stream.key, expected, fault)
            return
        previous = event.hash
    if (expected, previous) != (stream.sequence, stream.head):
        yield Broken(stream.key, expected + 1, "the chain ends before its recorded head")


def _fault(event: Event, previous: str, expected: int) -> str | None:
    if event.sequence != expected:
        return f"an event is missing (found {event.sequence})"
    if event.previous != previous:
        return "does not follow from the row before it"
    return None if hash_of(event) == event.hash else "its content was changed after it was written"


def _verify_seals(streams: dict[str, Stream]) -> Iterator[Broken]:
    previous = ""
    for expected, seal in enumerate(Seal.objects.order_by("sequence").iterator(), start=1):
        digest = seal_hash(
            previous=seal.previous, sequence=seal.sequence, at=seal.at, heads=seal.heads
        )
        if seal.sequence != expected or seal.previous != previous or digest != seal.hash:
            yield Broken("seals", expected, "the seal was changed or one is missing")
            return
        previous = seal.hash
        yield from _sealed_heads_stand(seal, streams)


def _sealed_heads_stand(seal: Seal, streams: dict[str, Stream]) -> Iterator[Broken]:
    for key, (sequence, head) in seal.heads.items():
        stream = streams.get(key)
        if stream is None or stream.sequence < sequence:
            yield Broken(key, int(sequence), f"sealed head of seal {seal.sequence} is gone")
        elif not Event.objects.filter(stream=key, sequence=sequence, hash=head).exists():
            yield Broken(key, int(sequence), f"differs from seal {seal.sequence}")
