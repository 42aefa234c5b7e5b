"""What the worker does regularly for rooms that know nothing of the outbox."""

from candour.archive.indexing import index_pending
from candour.archive.purging import purge_pending
from candour.audit.services import seal_heads
from candour.platform.outbox import every

# Sealing binds every chain's head into one chain; a minute is what could be cut off unseen.
every(60)(seal_heads)
every(10)(purge_pending)
every(10)(index_pending)
