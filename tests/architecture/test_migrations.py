"""The migrations tell what the models tell, so tests may build their tables from the models."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_every_change_of_a_model_has_its_migration() -> None:
    loader = MigrationLoader(None)
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))

    changes = wanted.changes(graph=loader.graph)

    assert {app: [str(each) for each in found] for app, found in changes.items()} == {}


def test_no_two_migrations_of_a_room_end_the_line() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
