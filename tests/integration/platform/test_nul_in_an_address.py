"""A NUL in an address: PostgreSQL refuses it in any text, so no query may meet it."""

import pytest
from django.test import Client, override_settings
from tests import world

from candour.sites.archive import settings as archive_site

NUL = "%00"


@pytest.mark.django_db
def test_a_path_with_a_nul_leads_nowhere() -> None:
    manager = world.a_case()
    browser = world.a_browser(manager)
    answer = browser.get(f"/cases/{manager.case.reference}{NUL}/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("query", [f"words={NUL}sofa", f"agency={NUL}", f"{NUL}=1", f"tag={NUL}"])
def test_a_nul_after_the_question_mark_is_dropped(query: str) -> None:
    manager = world.a_case()
    browser = world.a_browser(manager)
    place = f"/cases/{manager.case.reference}/chronology/"
    assert browser.get(f"{place}?{query}").status_code == browser.get(place).status_code == 200


@pytest.mark.django_db(databases=["archive"])
def test_a_path_of_the_archive_with_a_nul_leads_nowhere() -> None:
    with override_settings(
        ROOT_URLCONF=archive_site.ROOT_URLCONF,
        MIDDLEWARE=archive_site.MIDDLEWARE,
        TEMPLATES=archive_site.TEMPLATES,
    ):
        assert Client().get(f"/reviews/{NUL}/").status_code == 404
