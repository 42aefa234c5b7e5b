"""The order in which the archive changed, one sequence without holes."""

from candour.archive.models import LogHead, PublicationLog, ReviewRecord


def hold() -> LogHead:
    """Lock the log until the caller's transaction ends.

    Lines therefore commit in the order of their numbers, and whoever has read one has read all
    before it; two deposits of the same thing also follow one another.
    """
    LogHead.objects.get_or_create(pk=1)
    return LogHead.objects.select_for_update().get(pk=1)


def enter(operation: PublicationLog.Operation, record: ReviewRecord) -> PublicationLog:
    """Write the next line of the log inside the caller's transaction."""
    head = hold()
    head.sequence += 1
    head.save(update_fields=["sequence"])
    return PublicationLog.objects.create(sequence=head.sequence, operation=operation, record=record)


def last_sequence() -> int:
    """The number of the last line written; 0 in an empty archive."""
    return LogHead.objects.values_list("sequence", flat=True).first() or 0
