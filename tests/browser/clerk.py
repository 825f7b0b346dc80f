"""A clerk who makes a permit in the studio from nothing: by mouse, or by keyboard alone. Only what is on the screen is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.admin.studio.hand import Builder
from tests.browser.drawer import Drawer, Keys, Mouse

Words = dict[str, str]
PICTURES = [
    "studio",
    "new",
    "draft",
    "builder",
    "table",
    "drawn",
    "about",
    "trial-task",
    "trial",
    "stories",
    "publish",
    "published",
    "desks",
    "citizen",
    "officer",
    "issued",
]
"""Every picture of the guide docs/a-permit-in-an-hour.md, in the order in which they are taken."""
Picture = Callable[[Page, str], None]


class KeyBuilder(Builder):
    """The form builder without the mouse."""

    def item(self, item: dict[str, Any], place: int, number: int) -> None:
        button = self.page.locator(f'.fb-palette [data-kind="{item["kind"]}"]')
        button.focus()
        self.page.keyboard.press("Enter")
        self.comes(f"{number}.{place}", "label.id")
        self.question(item)

    def go(self, name: str) -> None:
        self.panel.locator(f'[name="{name}"]').focus()

    def unfold(self) -> None:
        fold = self.panel.locator("details.fb-part")
        if fold.get_attribute("open") is None:
            fold.locator("> summary").focus()
            self.page.keyboard.press("Enter")

    def property(self, known: dict[str, Any], value: Any) -> None:
        if known["editor"] != "yes_no":
            super().property(known, value)
            return
        if known.get("advanced"):
            self.unfold()
        box = self.panel.locator(f'[data-prop="{known["key"]}"] input')
        if box.is_checked() != (known.get("default", False) if value is None else value):
            box.focus()
            self.page.keyboard.press("Space")


class Clerk:
    """In front of the studio's pages, by mouse. `picture(page, name)` is taken on the way, for the guide."""

    hand: type[Drawer] = Mouse
    builder: type[Builder] = Builder

    def __init__(self, page: Page, url: str, key: str, names: Words, picture: Picture) -> None:
        self.page, self.url, self.key, self.names, self.take = page, url, key, names, picture

    def picture(self, name: str) -> None:
        self.take(self.page, name)

    # -- pages without script: the same for both, but for how one presses ------------------------------------------

    def hit(self, button: Locator) -> None:
        button.click()

    def put(self, name: str, text: str) -> None:
        self.page.locator(f'main [name="{name}"]').fill(text)

    def pick(self, box: Locator, value: str) -> None:
        box.select_option(value)

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f'main [name="{name}"][value="{value}"]').check()

    def follow(self, words: str) -> None:
        """The link or button of the page with these words; the menu beside it is left alone."""
        here = self.page.locator(".loket-back__page")
        self.hit(here.get_by_role("link", name=words).or_(here.get_by_role("button", name=words)).first)

    def home(self) -> None:
        """The draft's own page, by the link back that every page of the studio has."""
        while not self.page.url.endswith(f"/studio/{self.key}/"):
            before = self.page.url
            self.hit(self.page.locator(".govuk-back-link").first)
            self.page.wait_for_url(lambda address, before=before: address != before)

    # -- the work --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """An empty draft."""
        self.page.goto(f"{self.url}/admin/studio/?lang=id")
        self.picture("studio")
        self.follow("Layanan baru")
        self.put("name_id", self.names["id"])
        self.put("name_en", self.names["en"])
        self.put("key", self.key)
        self.tick("begin", "empty")
        self.picture("new")
        self.hit(self.page.locator("#confirm"))
        self.page.wait_for_url(f"**/studio/{self.key}/")
        self.picture("draft")

    def form(self, document: dict[str, Any], picture: str = "") -> None:
        """One more form, question by question."""
        self.follow("Formulir baru")
        for name, text in (("name_id", document["title"]["id"]), ("name_en", document["title"]["en"]), ("key", document["key"])):
            self.put(name, text)
        self.hit(self.page.locator("#confirm"))
        self.page.locator(".fb-items").wait_for()
        self.builder(self.page).build(document)
        if picture:
            self.picture(picture)
        self.home()

    def table(self, key: str, label: str, rows: list[tuple[str, str, str]]) -> None:
        """A table of one condition: for each row what the answer must be (`<=`, `6`) and what comes out."""
        self.follow("Tabel")
        self.follow("Tabel baru")
        self.put("key", key)
        self.put("label", label)
        self.hit(self.page.locator("#confirm"))
        self.page.locator(".dt-grid").wait_for()
        self.hit(self.page.get_by_role("button", name="+ Syarat"))
        self.pick(self.page.locator(".dt-panel [name=asks]"), "application.luas")
        for number, (comparison, value, result) in enumerate(rows):
            self.hit(self.page.get_by_role("button", name="+ Baris", exact=True))
            self.page.locator(f'[data-row="{number}"]').first.wait_for()
            self.cell(number, 0)
            self.pick(self.page.locator(".dt-panel [name=kind]"), comparison)
            self.fill(self.page.locator(".dt-panel [name=value]"), value)
            self.cell(number, 1)
            self.fill(self.page.locator(".dt-panel [name=value]"), result)
        self.page.locator('.st-saved[data-status="saved"]').wait_for()
        expect(self.page.locator(".st-problems--none")).to_be_visible()
        self.picture("table")
        self.home()

    def cell(self, row: int, col: int) -> None:
        self.page.locator(f'[data-row="{row}"][data-col="{col}"]').click()

    def fill(self, box: Locator, text: str) -> None:
        box.fill(text)
        box.blur()

    def draw(self, drawn: Callable[[Any], None]) -> None:
        """In the designer."""
        self.follow("Gambar prosedurnya")
        hand = self.hand(self.page)
        drawn(hand)
        hand.saved()
        self.picture("drawn")
        assert hand.wrong() == [], hand.wrong()
        self.home()

    def about(self, amount: str) -> None:
        """What the office says of it."""
        self.follow("Tulis apa yang dikatakan kantor")
        self.put("summary_id", "Untuk berjualan makanan atau pakaian di kios milik pemerintah daerah.")
        self.put("summary_en", "For selling food or clothes in a kiosk of the regional government.")
        self.put("category_id", "Usaha")
        self.put("category_en", "Business")
        self.put("laws-0-title", "Peraturan Daerah tentang Retribusi Daerah")
        self.put("laws-0-number", "4/2024")
        self.put("days", "12")
        self.tick("fee", "retribution")
        self.pick(self.page.locator("main [name=amount]"), amount)
        self.tick("lasts", "years")
        self.put("how_long", "2")
        self.put("between", "/KIOS/")
        self.picture("about")
        self.follow("Simpan")
        self.page.wait_for_url(f"**/studio/{self.key}/")

    def attempt(self, steps: list[str], title: str) -> None:
        """Through the draft as everybody, with sample answers; then keep it as a story."""
        self.follow("Coba, lalu simpan ceritanya")
        self.follow("Mulai percobaan")
        self.page.wait_for_url("**/try/*/")
        window = self.page.url
        for step in steps:
            self.hit(self.page.get_by_role("link", name=step).first)
            self.page.wait_for_url("**/pages/*")
            with self.page.expect_navigation():
                self.hit(self.page.get_by_role("button", name="Isi dengan jawaban contoh"))
            assert self.page.url.endswith("/check"), f"{step}: {self.page.url}\n{self.page.locator('main').inner_text()}"
            if step == steps[1]:
                self.picture("trial-task")
            self.hit(self.page.get_by_role("button", name="Kirim", exact=True))
            self.page.wait_for_url(window)
        expect(self.page.locator("main")).to_contain_text("Permohonan telah selesai")
        assert self.page.locator(".loket-trouble").count() == 0, self.page.locator(".loket-trouble").all_inner_texts()
        self.picture("trial")
        self.follow("Simpan sebagai cerita")
        self.put("title", title)
        self.follow("Simpan cerita")
        self.page.wait_for_url("**/stories")
        self.picture("stories")
        self.home()

    def publish(self, note: str, law: str, day: str) -> None:
        """With its reason, its legal basis, and its day."""
        self.hit(self.page.locator(".loket-todo").get_by_role("link", name="Terbitkan"))
        self.page.wait_for_url("**/publish")
        assert self.page.locator("main [name=note]").count(), f"{self.page.url}\n{self.page.locator('main').inner_text()}"
        self.put("note", note)
        self.put("legal_basis", law)
        self.put("since", day)
        self.picture("publish")
        self.hit(self.page.locator("main form button").last)
        self.page.wait_for_url(f"**/procedures/{self.key}", timeout=120_000)
        self.picture("published")


class KeyClerk(Clerk):
    """By keyboard alone: what has the focus is pressed, typed into, or moved through."""

    hand = Keys
    builder = KeyBuilder

    def hit(self, button: Locator) -> None:
        button.focus()
        self.page.keyboard.press("Enter")

    def put(self, name: str, text: str) -> None:
        self.fill(self.page.locator(f'main [name="{name}"]'), text)

    def fill(self, box: Locator, text: str) -> None:
        if box.get_attribute("type") == "date":
            self.day(box, text)
            return
        box.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def day(self, box: Locator, text: str) -> None:
        """Digit by digit: which part comes first is for the browser to say."""
        year, month, day = text.split("-")
        for typed in (f"{month}{day}{year}", f"{day}{month}{year}"):
            box.blur()
            box.focus()
            self.page.keyboard.type(typed)
            if box.input_value() == text:
                return
        raise AssertionError(f"{text} cannot be typed: {box.input_value()}")

    def pick(self, box: Locator, value: str) -> None:
        values = box.locator("option").evaluate_all("all => all.map((one) => one.value)")
        box.focus()
        here = values.index(box.input_value())
        for _ in range(abs(values.index(value) - here)):
            self.page.keyboard.press("ArrowDown" if values.index(value) > here else "ArrowUp")
        expect(box).to_have_value(value)

    def tick(self, name: str, value: str) -> None:
        box = self.page.locator(f'main [name="{name}"][value="{value}"]')
        box.focus()
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def cell(self, row: int, col: int) -> None:
        """From a fresh row to its first cell; from the panel of one cell to the next."""
        keys = ("Escape", "ArrowRight", "Enter") if col else ("Home", "Enter")
        for key in keys:
            self.page.keyboard.press(key)
        expect(self.page.locator(f'[data-row="{row}"][data-col="{col}"]')).to_have_class(re.compile("dt-chosen"))
