"""What the worker does regularly for rooms that know nothing of the outbox."""

from candour.archive.alert_sending import send_due_alerts
from candour.archive.fixity import sign_root
from candour.archive.indexing import index_pending, read_for_meaning, rebuild_if_replaced
from candour.archive.nodes import beat
from candour.archive.purging import purge_pending
from candour.archive.time_stamping import stamp_latest_root
from candour.audit.services import seal_heads
from candour.platform.outbox import every

# Sealing binds every chain's head into one chain; a minute is what could be cut off unseen.
every(60)(seal_heads)
every(10)(purge_pending)
# A report is searchable within two seconds of its publication.
every(1)(index_pending)
# By this the nodes of the archive know how far behind they are.
every(2)(beat)
every(60)(send_due_alerts)
every(2)(read_for_meaning)
every(86_400)(rebuild_if_replaced)
# Signs once a day, at the first round after midnight.
every(10 * 60)(sign_root)
# After it, and again as long as the service does not answer.
every(11 * 60)(stamp_latest_root)
