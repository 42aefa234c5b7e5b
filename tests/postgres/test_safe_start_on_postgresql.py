"""The server's own role may neither own tables nor stand above row-level security."""

import pytest
from django.db import connection

from candour.platform import row_security
from candour.platform.checks import faults_of_role
from candour.platform.config import Config, Environment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

PRODUCTION = Config(env=Environment.PRODUCTION)


def faults() -> list[str]:
    return [str(fault.id) for fault in faults_of_role(PRODUCTION, "postgresql://", "default")]


def test_a_superuser_who_owns_the_tables_is_refused() -> None:
    assert faults() == ["candour.role"]


def test_the_workspace_s_own_role_may_serve() -> None:
    row_security.create_roles()
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {row_security.WORKSPACE_ROLE}")
    assert faults() == []


def test_a_role_that_owns_one_table_is_refused() -> None:
    row_security.create_roles()
    with connection.cursor() as cursor:
        cursor.execute(f"grant create on schema public to {row_security.WORKSPACE_ROLE}")
        cursor.execute(f"set local role {row_security.WORKSPACE_ROLE}")
        cursor.execute("create table owned_by_the_server (id int)")
    assert faults() == ["candour.role"]
