"""Somebody at a browser, on the real sites, and what every page they meet must be."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page
from tests.browser.cast import PASSWORD, Login

_AXE = Axe()
# What differs between two pages of one kind: a case's reference, the ids of its rows.
_OWN_TO_ONE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|CR-\w{4}-\w{4}")
# Links with one name that lead to different places; headings that skip a level; several of h1.
_OUTLINE = """() => {
  const places = {}, found = [];
  for (const link of document.querySelectorAll('a[href]')) {
    const name = (link.getAttribute('aria-label') || link.textContent).replace(/\\s+/g, ' ').trim();
    if (name) (places[name] ??= new Set()).add(link.href);
  }
  for (const [name, leads] of Object.entries(places))
    if (leads.size > 1) found.push(`links called "${name}" lead to ${[...leads].join(' and ')}`);
  let before = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1) found.push(`"${heading.textContent.trim()}": h${before} to h${level}`);
    before = level;
  }
  const first = document.querySelectorAll('h1').length;
  if (first !== 1) found.push(`${first} headings of the first level`);
  if (document.title.trim().length < 5) found.push('no title');
  if (document.documentElement.lang.slice(0, 2) !== 'en') found.push('no language');
  return found;
}"""


@dataclass(frozen=True)
class Sites:
    """Both sites as they run, who can sign in, where files lie, and where pictures go."""

    workspace: str
    archive: str
    cast: dict[str, Login]
    data: Path
    pictures: Path
    looked_at: set[str] = field(default_factory=set)


def faults_of(page: Page) -> list[str]:
    """What keeps a page from the baseline: findings of axe, and of links, headings and title."""
    found = _findings(page)
    outline: list[str] = page.evaluate(_OUTLINE)
    return [*found, *outline]


def contrasts_of(page: Page) -> list[str]:
    """Words on the page that are hard to tell from their ground, as it is shown now."""
    return _findings(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})


def _findings(page: Page, options: dict[str, object] | None = None) -> list[str]:
    return [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes']]}"
        for one in _AXE.run(page, options=options).response["violations"]
    ]


def meets_accessibility_baseline(page: Page) -> None:
    """Fail with every fault of the page that a machine can find."""
    assert faults_of(page) == [], page.url


class AtTheDesk:
    """One person with a browser of their own, signed in as people sign in."""

    def __init__(self, chromium: Browser, sites: Sites, key: str) -> None:
        self._sites, self._key = sites, key
        self._context = chromium.new_context(locale="en-GB", base_url=sites.workspace)
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        sign_in(self.page, sites.cast[key])

    def open(self, path: str) -> "AtTheDesk":
        """Go to an address of the workspace."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{self._key} at {path}: {answer.status} {self.text()[:400]}"
        return self._looked()

    def follow(self, link: str, which: int = 0) -> "AtTheDesk":
        """Follow a link of this name on the page itself, the first unless told."""
        main = self.page.get_by_role("main")
        found = main.get_by_role("link", name=link).or_(main.get_by_role("button", name=link))
        with self.page.expect_navigation():
            found.nth(which).click()
        return self._looked()

    def write(self, label: str, text: str) -> "AtTheDesk":
        """Type into the field with this label."""
        self.page.get_by_label(label).first.fill(text)
        return self

    def write_day(self, group: str, day: str) -> "AtTheDesk":
        """Type a day, such as 24 2 2015, into the three boxes of a question."""
        boxes = self.page.get_by_role("group", name=group).get_by_role("textbox")
        for at, part in enumerate(day.split()):
            boxes.nth(at).fill(part)
        return self

    def write_everywhere(self, text: str) -> "AtTheDesk":
        """Type the same into every box that is still empty."""
        plain = "main input[type=text]:not([inputmode=numeric])"
        for box in self.page.locator(f"main textarea, {plain}").all():
            if box.is_visible() and not box.input_value():
                box.fill(text)
        return self

    def choose(self, question: str, answer: str) -> "AtTheDesk":
        """Choose one of the answers of a question."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
        return self

    def select(self, label: str, option: str) -> "AtTheDesk":
        """Choose from a list."""
        self.page.get_by_label(label).first.select_option(label=option)
        return self

    def tick(self, label: str) -> "AtTheDesk":
        """Tick a box."""
        self.page.get_by_label(label).first.check()
        return self

    def press(self, button: str) -> "AtTheDesk":
        """Press a button; the page that answers has no error summary."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role(
                "button", name=button, exact=True
            ).first.click()
        wrong = self.page.locator(".govuk-error-summary")
        assert wrong.count() == 0, f"{self._key} at {self.page.url}: {wrong.inner_text()}"
        assert "OFFICIAL-SENSITIVE" in self.text(), self.text()[:400]
        return self._looked()

    def _looked(self) -> "AtTheDesk":
        """A page met for the first time, for each of its parts, meets the baseline."""
        parts = self.page.locator("main h1, main h2, main label").all_inner_texts()
        kind = f"{_OWN_TO_ONE.sub('*', urlsplit(self.page.url).path)} {sorted(set(parts))}"
        if kind not in self._sites.looked_at:
            self._sites.looked_at.add(kind)
            meets_accessibility_baseline(self.page)
        return self

    def confirm(self) -> "AtTheDesk":
        """Show the password again where a risky act asks for it; what was typed is then sent on."""
        if "/accounts/confirm/" in self.page.url:
            self.page.get_by_label("Password", exact=True).fill(PASSWORD)
            self.press("Confirm")
        if self.page.get_by_role("button", name="Continue with what I typed").count():
            self.press("Continue with what I typed")
        return self

    def looks_until(self, path: str, words: str) -> "AtTheDesk":
        """Look at a page again until the worker has done what these words tell of."""
        for _ in range(240):
            if words in self.open(path).text():
                return self
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{path} never said {words}: {self.text()[:1500]}")

    def sees(self, *words: str) -> "AtTheDesk":
        """The page shows these words."""
        shown = " ".join(self.text().split())
        missing = [each for each in words if each not in shown]
        assert not missing, f"{self._key} at {self.page.url} misses {missing}: {shown[:1500]}"
        return self

    def text(self) -> str:
        """What stands on the page."""
        return self.page.locator("body").inner_text()

    def part(self, words: str) -> Locator:
        """The row or section that holds these words."""
        return self.page.locator("tr, li, section, .govuk-summary-list__row").filter(has_text=words)

    def picture(self, name: str) -> Path:
        """Keep a picture of the whole page."""
        path = self._sites.pictures / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong in it."""
        self._context.close()
        assert self.complaints == []


def sign_in(page: Page, login: Login) -> None:
    """Sign in on the pages themselves: e-mail and password, then the code of the app."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(login.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code_of(login))
    with page.expect_navigation(url=lambda address: "/accounts/" not in address):
        page.get_by_role("button", name="Sign in", exact=True).click()


def code_of(login: Login) -> str:
    """What the authenticator app shows now."""
    return str(format_hotp_value(hotp_value(login.secret, int(time.time()) // 30)))
