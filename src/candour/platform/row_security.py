"""Row-level security on PostgreSQL: no actor, no rows.

Applied by `candour migrate` after the migrations, and derived from the models, so that a new
confidential table cannot be forgotten: every table with a `case_id` column is FORCEd, the case
table itself by its `id`, what was sent to a national body's desk by `desk_id`. Sign-in tables and
those in `EXEMPT` stand outside, each for a reason.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections

WORKSPACE_ROLE = "candour_workspace"
ARCHIVE_ROLE = "candour_archive"

# Tables with a case_id that stand outside row security, and why.
EXEMPT = {
    "platform_job": "the worker must find a job before it knows on whose behalf it runs",
    "people_oneuselink": "the holder of a link is nobody until the link has been opened",
    "oversight_deskmember": "says who works at a desk, and nothing of a case",
}


@dataclass(frozen=True)
class Guarded:
    """A table under row-level security, and the column that says which case a row is of."""

    table: str
    column: str


def guarded_tables() -> list[Guarded]:
    """Every confidential table, from the models: the case table and all with a `case_id`."""
    found: dict[str, Guarded] = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        columns = {field.column for field in model._meta.local_fields}
        if table in EXEMPT or model._meta.app_label == "archive":
            continue
        if table == "cases_case":
            found[table] = Guarded(table, "id")
        elif "case_id" in columns:
            found[table] = Guarded(table, "case_id")
        elif "desk_id" in columns:
            found[table] = Guarded(table, "desk_id")
    return sorted(found.values(), key=lambda guarded: guarded.table)


def apply(using: str = "default") -> list[Guarded]:
    """Put every guarded table under FORCE row-level security and grant the server its rights.

    Must run as the owner of the tables. Does nothing on SQLite and answers with an empty list.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    guarded = guarded_tables()
    with connection.cursor() as cursor:
        cursor.execute(_CASES_OF_ACTOR)
        for table in guarded:
            for statement in _statements(table):
                cursor.execute(statement)
        for statement in _grants(WORKSPACE_ROLE):
            cursor.execute(statement)
    return guarded


def apply_archive(using: str = "archive") -> None:
    """Let the archive's server read the archive, and the workspace deposit into it."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in _grants(WORKSPACE_ROLE):
            cursor.execute(statement)
        cursor.execute(f"grant usage on schema public to {ARCHIVE_ROLE}")
        cursor.execute(f"grant select on all tables in schema public to {ARCHIVE_ROLE}")
        # Subscribers are all that the public site may write; their addresses come sealed.
        cursor.execute(f"grant insert, update, delete on archive_alert to {ARCHIVE_ROLE}")
        cursor.execute(f"grant usage on all sequences in schema public to {ARCHIVE_ROLE}")


def create_roles(using: str = "default") -> None:
    """Create the two server roles where they are missing; needs a role that may create roles."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for role in (WORKSPACE_ROLE, ARCHIVE_ROLE):
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"create role {role} login nobypassrls nosuperuser")


# SECURITY DEFINER: the policy on memberships would otherwise ask itself for leave to read them.
_CASES_OF_ACTOR = """
create or replace function candour_now() returns timestamptz language sql volatile as $$
  select coalesce(
    nullif(current_setting('candour.now', true), '')::timestamptz, clock_timestamp())
$$;
create or replace function candour_cases() returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select m.case_id from cases_membership m join people_user u on u.id = m.user_id
   where u.is_active and 'person:' || m.user_id::text = current_setting('candour.actor', true)
     and m.starts_at <= candour_now() and (m.ends_at is null or m.ends_at > candour_now())
  union
  select l.case_id from people_oneuselink l
   where 'link:' || l.id::text = current_setting('candour.actor', true)
     and l.revoked_at is null and l.expires_at > candour_now()
  union
  select c.id from cases_case c
   where current_setting('candour.actor', true) = 'system:candour'
$$;
create or replace function candour_desks() returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  with recursive mine as (
    select d.desk_id as id from oversight_deskmember d join people_user u on u.id = d.user_id
     where u.is_active and 'person:' || d.user_id::text = current_setting('candour.actor', true)
       and d.starts_at <= candour_now() and (d.ends_at is null or d.ends_at > candour_now())
    union
    select b.id from oversight_nationalbody b join mine on b.successor_id = mine.id
  )
  select id from mine
  union
  select b.id from oversight_nationalbody b
   where current_setting('candour.actor', true) = 'system:candour'
$$;
"""


def _statements(guarded: Guarded) -> list[str]:
    table, column = guarded.table, guarded.column
    # A case and its first members are written before anybody is a member of it.
    opening = table in ("cases_case", "cases_membership", "cases_sealingkey")
    some_actor = "coalesce(current_setting('candour.actor', true), '') <> ''"
    whose = "candour_desks()" if column == "desk_id" else "candour_cases()"
    sees = f"{column} in (select {whose})"
    if table == "audit_event":
        sees = f"({sees} or (case_id is null and {some_actor}))"
    writes = some_actor if opening or table == "audit_event" else sees
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"drop policy if exists candour_sees on {table}",
        f"drop policy if exists candour_adds on {table}",
        f"create policy candour_sees on {table} using ({sees}) with check ({sees})",
        f"create policy candour_adds on {table} for insert with check ({writes})",
    ]


def _grants(role: str) -> list[str]:
    return [
        f"grant usage on schema public to {role}",
        f"grant select, insert, update, delete on all tables in schema public to {role}",
        f"grant usage, select on all sequences in schema public to {role}",
    ]
