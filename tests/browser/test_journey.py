"""One review, walked by its people in their own browsers on the sites as they run.

From the logged incident to the report found by search in the archive, and its withdrawal. Each
step is somebody's: what is given, what they do, what they and others then see.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.people import AtTheDesk, Sites, meets_accessibility_baseline

from candour.kernel import clock

pytestmark = pytest.mark.browser

FILE = Path(__file__).parents[1] / "samples" / "child-r" / "HALLOWSHIRE POLICE chronology.docx"
HOLDS = (
    *("trial", "inquest", "family_proceedings", "court_orders", "jigsaw", "family_told"),
    *("staff_told", "media_plan"),
)
Person = Callable[[str], AtTheDesk]


@pytest.fixture
def person(chromium: Browser, sites: Sites) -> Iterator[Person]:
    """Somebody of the cast at a browser of their own, signed in once with both factors."""
    seated: dict[str, AtTheDesk] = {}

    def seat(key: str) -> AtTheDesk:
        if key not in seated:
            seated[key] = AtTheDesk(chromium, sites, key)
        return seated[key]

    yield seat
    for each in seated.values():
        each.leave()


def test_a_review_goes_from_the_incident_to_the_archive_and_out_of_it(
    person: Person, sites: Sites, chromium: Browser
) -> None:
    case = when_the_manager_logs_an_incident(person)
    when_the_council_has_notified(person, case)
    when_the_rapid_review_is_written_and_signed_by_all_three(person, case)
    when_the_three_partners_decide_on_a_review(person, case)
    when_the_review_is_commissioned(person, case)
    request = when_the_agency_is_asked(person, case)
    file = when_the_agency_sends_its_file_by_keyboard_alone(person, request)
    when_the_agency_settles_everything_and_signs_off(person, file)
    then_the_reviewer_reads_it_in_order_and_groups_it(person, case)
    when_the_reviewer_writes_the_analysis(person, case)
    when_the_reviewer_writes_the_report(person, case)
    when_the_report_is_submitted_and_accepted(person, case)
    when_the_holds_are_answered_and_the_files_checked(person, case)
    when_two_people_clear_and_one_publishes_by_keyboard_alone(person, case)
    address = then_a_visitor_finds_it_by_search(chromium, sites)
    when_a_partner_withdraws_it(person, case)
    then_the_visitor_finds_nothing_of_it(chromium, sites, address)


def day(of: date) -> str:
    return f"{of.day} {of.month} {of.year}"


def today() -> str:
    return day(clock.today())


def in_days(days: int) -> str:
    return day(clock.today() + timedelta(days=days))


def when_the_manager_logs_an_incident(person: Person) -> str:
    manager = person("manager").open("/").sees("My work").follow("Log an incident")
    meets_accessibility_baseline(manager.page)
    manager.write_day("Day the local authority became aware", today())
    manager.write("When it happened", "yesterday evening").write("Kind of place", "Home")
    manager.choose("Did it happen in our area?", "Yes")
    manager.choose("Did it happen outside England?", "No")
    manager.write("What is known, in a few words", "A child was found hurt below a window.")
    manager.tick("Vale Police").tick("Vale Health")
    manager.write("Full name of the child", "Quillon Ashdale").write("Age when it happened", "5")
    manager.select("What happened to the child?", "The child was seriously harmed")
    manager.select("Is abuse or neglect known or suspected?", "Suspected")
    manager.select("Is or was the child looked after?", "No").press("Log the incident")
    manager.sees("First hours", "Nobody interviews staff or family", "5")
    assert "Quillon" not in manager.text(), "the name stands in the identity register alone"
    return manager.page.url.removesuffix("incident/")


def when_the_council_has_notified(person: Person, case: str) -> None:
    notifier = person("notifier").open(f"{case}notification/")
    notifier.sees("Candour does not notify anyone").follow("Record that it was sent")
    notifier.write_day("Day it was sent", today()).write("Time it was sent", "0:01")
    notifier.write("Sent by", "Head of safeguarding").write("Sent to", "The national panel")
    notifier.write("Reference", "SIN-1").press("Record it").sees("Recorded as sent", "SIN-1")
    person("manager").open(f"{case}clocks/").sees("Complete the rapid review", "Due")


def when_the_rapid_review_is_written_and_signed_by_all_three(person: Person, case: str) -> None:
    manager = person("manager").open(f"{case}scoping/ask/")
    manager.tick("Vale Health").tick("Vale Police").write_day("To be returned by", in_days(7))
    manager.press("Record that they are asked").open(f"{case}rapid-review/begin/")
    manager.choose("Have all three partners been told?", "Yes").press("Begin")
    manager.follow("Write the rapid review").write_everywhere("As was found.").press("Save")
    for key in ("council", "police", "health"):
        partner = person(key).open(f"{case}rapid-review/").follow("Read and sign")
        partner.tick("I have read this version").press("Sign")
    manager.open(f"{case}rapid-review/sent/").write_day("Day it was sent", today())
    manager.press("Record it").open(f"{case}panel/letter/").choose("What the panel says", "Agrees")
    manager.write_day("Day it was received", today())
    manager.write("What the letter says", "The panel agrees.").press("File the letter")


def when_the_three_partners_decide_on_a_review(person: Person, case: str) -> None:
    manager = person("manager")
    for _ in range(5):
        manager.open(f"{case}criteria/").follow("Record a finding")
        manager.choose("What do you find?", "Met").write("Reason", "As the facts show")
        manager.press("Record the finding")
    council = person("council").open(f"{case}decision/take/")
    council.choose("Decision", "Commission a review").write("Reasons", "The criteria are met.")
    council.press("Propose it and agree")
    for key in ("police", "health"):
        partner = person(key).open(f"{case}decision/").follow("Answer for this partner")
        partner.choose("Does this partner agree?", "Yes")
        partner.write("This partner", "We agree.").press("Record the answer")
    council.open(f"{case}panel/follow/").write("Reasons", "All three agree.")
    council.press("Take this step")


def when_the_review_is_commissioned(person: Person, case: str) -> None:
    manager = person("manager").open(f"{case}review/commission/")
    manager.write("Label of the review", "Child Q")
    manager.choose("Method", "Agency reports and an overview report")
    manager.write_day("Day of the commission", today())
    manager.choose("Does the review put questions to the board", "No").press("Commission it")
    _declare(manager, case)
    manager.open(f"{case}review/terms/").write_day("First day of the period", "1 1 2003")
    manager.write_day("Last day of the period", today())
    manager.write_everywhere("As agreed with the partners.").press("Save")
    manager.open(f"{case}review/lines/add/").write("Line of enquiry", "Was the child seen alone?")
    manager.press("Save").open(f"{case}review/agencies/add/").select("Agency", "Vale Police")
    manager.press("Save").sees("Vale Police", "Was the child seen alone?")
    council = person("council").open(f"{case}review/").follow("Reviewer Harness").follow("Accept")
    council.write("Reasons", "Independent of the case and of the bodies.")
    council.write_day("Day the name was sent", today()).press("Accept")
    council.open(f"{case}review/terms/agree/").tick("I agree these terms").press("Agree them")


def _declare(manager: AtTheDesk, case: str) -> None:
    manager.open(f"{case}review/reviewers/declare/")
    manager.select("Who is proposed", "Reviewer Harness, reviewer@example.org")
    manager.choose("As", "Lead reviewer")
    manager.choose("What part have they had in this case?", "None")
    manager.choose("To whom are they close?", "To nobody in this matter")
    manager.choose("Do they hold office", "No, and never have")
    manager.choose("What have they said in public?", "Nothing that bears on this")
    manager.write("What they know of the practice", "Twenty years of practice with families")
    manager.write("How many other reviews", "0").press("Record it").sees("Reviewer Harness")


def when_the_agency_is_asked(person: Person, case: str) -> str:
    manager = person("manager").open(f"{case}members/give/")
    manager.select("Person", "Signer Harness, signer@example.org")
    manager.select("Role on this case", "Signing-off manager").select("Agency", "Vale Police")
    manager.write("Why this person needs access", "To send the return").press("Give access")
    manager.open(f"{case}agencies/ask/").tick("Vale Police")
    manager.write("What they are asked for", "Your chronology").write_day("Due on", in_days(20))
    manager.press("Ask them")
    signer = person("signer").open("/").sees("Return of Vale Police")
    signer.open(f"{case}agencies/").follow("Vale Police").sees("Nothing has been sent yet")
    return signer.page.url


def when_the_agency_sends_its_file_by_keyboard_alone(person: Person, request: str) -> str:
    signer = person("signer")
    # From the start: a busy browser may open the dialogue before it is told to hand it over.
    signer.page.on("filechooser", lambda _: None)
    signer.open(request)
    _tab_to(signer.page, "Send a file")
    with signer.page.expect_navigation():
        signer.page.keyboard.press("Enter")
    _tab_to(signer.page, "The agency's file")
    with signer.page.expect_file_chooser() as chooser:
        signer.page.keyboard.press("Space")
    chooser.value.set_files(FILE)
    _tab_to(signer.page, "Send it")
    with signer.page.expect_navigation():
        signer.page.keyboard.press("Enter")
    signer.sees("22 rows", "Hidden, deleted and commented parts")
    return signer.page.url


def _tab_to(page: Page, name: str) -> None:
    """Press the tab key until the part of this name has the focus, and can be seen to have it."""
    said = """() => {
      const at = document.activeElement;
      const label = at.labels && at.labels.length ? at.labels[0].textContent : at.textContent;
      return label.replace(/\\s+/g, ' ').trim();
    }"""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(said) == name:
            ring = page.evaluate(
                "() => { const look = getComputedStyle(document.activeElement);"
                " return look.outlineStyle !== 'none' || look.boxShadow !== 'none'; }"
            )
            assert ring, f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"the tab key never comes to {name} at {page.url}")


def when_the_agency_settles_everything_and_signs_off(person: Person, file: str) -> None:
    signer = person("signer").open(file).follow("Say what the headings mean").press("Confirm")
    main = signer.page.get_by_role("main")
    signer.open(f"{file}hidden/")
    while (kinds := main.get_by_role("link", name="The same decision for")).count():
        _decide(signer, kinds.first, file)
    while (parts := main.get_by_role("link", name="Decide:")).count():
        _decide(signer, parts.first, file)
    signer.open(f"{file}unclear/").follow("Settle")
    signer.choose("How is it settled?", "I can give the date")
    signer.page.locator("input[name=date_text]").fill("17 March 2015")
    signer.press("Save").open(f"{file}sign-off/").tick("This is the agency").press("Sign off")
    signer.sees("Signed off")


def _decide(signer: AtTheDesk, link: Locator, file: str) -> None:
    with signer.page.expect_navigation():
        link.click()
    signer.choose("What is to happen with it?", "Release it to the review")
    signer.write("Reason", "Part of our record").press("Decide").open(f"{file}hidden/")


def then_the_reviewer_reads_it_in_order_and_groups_it(person: Person, case: str) -> None:
    reviewer = person("reviewer").open(f"{case}chronology/")
    reviewer.sees("22 entries of 1 agency", "circa 2004", "1 January 2004 to 31 December 2004")
    reviewer.tick("Choose Vale Police, 21/02/2015 02:40hrs, number 19")
    reviewer.tick("Choose Vale Police, 21/02/2015 02:40hrs, number 20")
    reviewer.press("Group the chosen entries")
    reviewer.choose("Which event do they tell of?", "A new event")
    reviewer.page.locator("input[name=title]").fill("The child is found")
    reviewer.press("Group these entries").sees("The child is found")
    reviewer.open(f"{case}chronology/").follow("Source row").sees("circa 2004", "PNC 83/00000X")


def when_the_reviewer_writes_the_analysis(person: Person, case: str) -> None:
    reviewer = person("reviewer").open(f"{case}analysis/episodes/add/")
    reviewer.write("Title", "The night of the harm")
    reviewer.write_everywhere("As those who were there saw it.").press("Save the episode")
    reviewer.open(f"{case}analysis/findings/add/")
    reviewer.write("Finding", "Nobody asked where the child slept.")
    reviewer.write_everywhere("It was not on the form.").press("Save the finding")
    reviewer.follow("Rest it on entries").tick("Choose Vale Police, 21/02/2015 11:00hrs")
    reviewer.press("Rest it on the chosen entries").sees("Nobody has been asked why")
    reviewer.open(f"{case}analysis/recommendations/add/")
    reviewer.write("Recommendation or question", "Ask where every child sleeps.")
    reviewer.write("To whom", "The partnership").tick("Finding 1").press("Save")
    reviewer.open(f"{case}analysis/chain/").sees("Ask where every child sleeps.", "row")


def when_the_reviewer_writes_the_report(person: Person, case: str) -> None:
    reviewer = person("reviewer").open(f"{case}report/start/")
    reviewer.write("Title of the report", "Child Q: a review").press("Start the report")
    reviewer.open(f"{case}report/front/").write("Abstract", "How services worked with one family.")
    reviewer.write("Year, as it is to be read", "2026").press("Save")
    reviewer.open(f"{case}report/sections/introduction/")
    reviewer.write("Text", "One family was known to many; kingfisher practice can be learned from.")
    reviewer.press("Save this section").open(f"{case}report/chronology/choose/")
    reviewer.tick("In the report: Vale Police, 16/07/2011").press("Save the choice on this page")
    reviewer.open(f"{case}report/chronology/").follow("Reword the entry")
    reviewer.write("The report", "Police were called at night.").press("Save the wording")
    reviewer.open(f"{case}report/read/").sees("How this review was done", "kingfisher")


def when_the_report_is_submitted_and_accepted(person: Person, case: str) -> None:
    reviewer, council = person("reviewer"), person("council")
    reviewer.open(f"{case}steps/report_submitted/").write("Reasons", "As the record shows.")
    reviewer.press("Take this step")
    council.open(f"{case}report/").follow("Accept the report").follow("passed the partners")
    council.choose("Answer", "Yes").write("How you know", "Read by all three.")
    council.press("Record my answer").open(f"{case}report/").follow("Accept the report")
    council.write("Reasons", "It answers why.").press("Take this step")


def when_the_holds_are_answered_and_the_files_checked(person: Person, case: str) -> None:
    manager = person("manager").open(f"{case}publication/").press("Begin to prepare publication")
    for hold in HOLDS:
        manager.open(f"{case}publication/holds/{hold}/")
        manager.choose("Does this stand in the way", "It does not stand in the way")
        manager.write("How you know", "Told by those who know").press("Record this answer")
    manager.open(f"{case}publication/copy/").write_day("Day on which the copy", in_days(-30))
    manager.press("Record this day").open(f"{case}publication/day/")
    manager.write_day("Day of publication", today()).press("Save this day")
    manager.open(f"{case}disclosure/").press("Run the check")
    manager.looks_until(f"{case}disclosure/", "What was not checked")
    manager.sees("No form of the register was found", "Text in pictures")
    assert "safe" not in manager.text().lower().replace("safeguarding", "")


def when_two_people_clear_and_one_publishes_by_keyboard_alone(person: Person, case: str) -> None:
    for key in ("manager", "council"):
        clearing = person(key).open(f"{case}publication/").follow("Clear these files")
        clearing.tick("I have read the report as it will be published").press("Clear these files")
    council = person("council").open(f"{case}publication/publish/").confirm()
    _tab_to(council.page, "On whose decision is it published?")
    council.page.keyboard.type("The three partners decided.")
    _tab_to(council.page, "Publish this report now")
    council.page.keyboard.press("Space")
    _tab_to(council.page, "Publish now")
    with council.page.expect_navigation():
        council.page.keyboard.press("Enter")
    council.confirm().sees("on its way into the archive")
    council.looks_until(f"{case}publication/", "Published")


def then_a_visitor_finds_it_by_search(chromium: Browser, sites: Sites) -> str:
    visitor = chromium.new_context(locale="en-GB", base_url=sites.archive).new_page()
    for _ in range(120):
        visitor.goto("/search?q=kingfisher")
        if "1 paragraph" in visitor.locator("main").inner_text():
            break
        visitor.wait_for_timeout(500)
    meets_accessibility_baseline(visitor)
    visitor.get_by_role("main").get_by_role("link", name="Child Q: a review").first.click()
    visitor.wait_for_load_state()
    assert "kingfisher practice" in visitor.locator("main").inner_text()
    assert "Quillon" not in visitor.content()
    address = visitor.url
    visitor.context.close()
    return address


def when_a_partner_withdraws_it(person: Person, case: str) -> None:
    council = person("council").open(f"{case}publication/withdraw/").confirm()
    council.choose("Why is it withdrawn?", "A court order")
    council.choose("What may be said in its place?", "Only that a review was withdrawn")
    council.write("Reason for the record", "An order of the court.")
    council.tick("Withdraw this report now").press("Withdraw now").confirm()
    council.open(f"{case}publication/").sees("Withdrawn")


def then_the_visitor_finds_nothing_of_it(chromium: Browser, sites: Sites, address: str) -> None:
    visitor = chromium.new_context(locale="en-GB", base_url=sites.archive).new_page()
    answer = visitor.goto(address)
    assert answer is not None
    assert answer.status == 410
    assert "kingfisher" not in visitor.content()
    visitor.goto("/search?q=kingfisher")
    assert "1 paragraph" not in visitor.locator("main").inner_text()
    visitor.context.close()
