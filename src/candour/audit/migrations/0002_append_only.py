"""Events and seals are only ever added: the database itself refuses to change or remove one."""

from django.db import migrations

TABLES = ("audit_event", "audit_seal")

_SQLITE = """
create trigger {table}_no_{verb} before {verb} on {table}
begin select raise(abort, 'the audit is append-only'); end;
"""

_POSTGRESQL_FUNCTION = """
create or replace function candour_append_only() returns trigger language plpgsql as $$
begin raise exception 'the audit is append-only'; end $$;
"""

# TRUNCATE is not among the server's rights at all (platform/row_security.py).
_POSTGRESQL = """
create trigger {table}_append_only before update or delete on {table}
for each statement execute function candour_append_only();
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(_SQLITE.format(table=table, verb=verb))
    else:
        schema_editor.execute(_POSTGRESQL_FUNCTION)
        for table in TABLES:
            schema_editor.execute(_POSTGRESQL.format(table=table))


def remove(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema_editor.execute(f"drop trigger {table}_no_{verb}")
        else:
            schema_editor.execute(f"drop trigger {table}_append_only on {table}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
