"""The HTML page: one file, nothing from outside, nothing of a workbook as markup, usable by everybody."""

import base64
import itertools
import re
from html.parser import HTMLParser

import pytest
from rich_document import ATTACK, LONG_ROWS, META, SCHOOLS, counts, document, draw

from dangvien_analysis import blocks, fonts, html

VOID = {"meta", "img", "br", "path", "use", "rect"}


class Page(HTMLParser):
    """A page as a browser sees it: elements with attributes and where they stand, and the words shown."""

    def __init__(self, source):
        """Read the page."""
        super().__init__()
        self.elements, self.open, self.words, self.unbalanced = [], [], [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element and the elements around it."""
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element without content."""
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        """Close an element; one that is not the last opened is out of place."""
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data):
        """Note the words, styles aside."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, *tags):
        """Return the attributes of all elements with one of the names."""
        return [attributes for tag, attributes, _ in self.elements if tag in tags]

    def text(self):
        """Return all words of the page with single spaces."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def source():
    """Return the whole document as a page."""
    return html.render(document(), META)


@pytest.fixture(scope="module")
def page(source):
    """Return the page as read by a browser."""
    return Page(source)


def test_the_page_asks_nothing_from_anywhere(source, page):
    """No address but places in the page, fonts inside it, and a rule that forbids the browser everything else."""
    links = [value for _, attributes, _ in page.elements for name, value in attributes.items() if "href" in name]
    assert links
    assert all(link.startswith("#") for link in links)
    assert not [attributes for attributes in (a for _, a, _ in page.elements) if {"src", "srcset"} & set(attributes)]
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "base", "form")
    assert all(address.startswith(('"data:font/woff', "#")) for address in re.findall(r"url\(([^)]*)\)", source))
    assert "@import" not in source
    policy = next(attributes for attributes in page.all("meta") if "http-equiv" in attributes)
    assert policy["content"].startswith("default-src 'none'")


def test_a_name_that_tries_to_become_markup_comes_out_as_that_text(source, page):
    """In a caption, a cell, a chart, a note, an alternative text: everywhere the words as typed."""
    assert page.text().count(ATTACK) >= 8
    assert "<script" not in source
    assert f"Cột ngang. {ATTACK}" in [attributes.get("aria-label") for attributes in page.all("svg")]


def test_every_element_is_closed_where_it_belongs(page):
    """A page whose elements nest wrongly is shown differently by every browser."""
    assert page.unbalanced == []
    assert page.open == []


def test_the_page_says_its_language_title_and_width(page):
    """Screen readers need the language, tabs the title, phones the width."""
    assert page.all("html") == [{"lang": "vi"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert "PHỤ LỤC SỐ LIỆU – về phát triển đảng viên" in page.text()


def test_ids_are_unique_and_every_link_finds_its_place(page):
    """Two equal charts on one page share no id."""
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [value for _, attributes, _ in page.elements for name, value in attributes.items() if "href" in name]
    references = [value for _, attributes, _ in page.elements for value in attributes.values() if value]
    clips = [name for value in references for name in re.findall(r"url\(#([^)]*)\)", value)]
    assert {link.removeprefix("#") for link in links} | set(clips) <= set(ids)


def test_headings_go_down_one_level_at_a_time_from_a_single_title(page):
    """Whoever hears the page moves by its headings."""
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_headers_that_say_what_they_head(page):
    """Each column, group of columns, section and row has its header; every row is of one width."""
    assert {attributes["scope"] for attributes in page.all("th")} == {"col", "colgroup", "row", "rowgroup"}
    assert all(attributes.get("aria-label") for attributes in page.all("table"))
    boxes = [attributes for _, attributes, _ in page.elements if "scroll" in attributes.get("class", "").split()]
    assert len(boxes) == len(page.all("table"))
    assert all(box["tabindex"] == "0" and box["role"] == "group" and box["aria-label"] for box in boxes)


def test_every_chart_has_an_alternative_text_and_the_numbers_behind_it(page):
    """The drawing is an image with a name; its table can be opened below it."""
    drawings = page.all("svg")
    assert len(drawings) == 4
    assert all(drawing["role"] == "img" and drawing["aria-label"] for drawing in drawings)
    assert len([around for tag, _, around in page.elements if tag == "details" and "figure" in around]) == 3
    assert "Số liệu và nguồn (Bảng PL1)" in page.text()


def test_a_chart_is_drawn_once_more_for_a_phone_where_its_words_leave_room(page):
    """Long names beside the bars would leave none: then the wide drawing is moved sideways in its own box."""
    boxes = [attributes["class"].split() for attributes in page.all("div") if "drawing" in attributes.get("class", "")]
    assert boxes == [["drawing"], ["drawing"], ["drawing", "wide"], ["drawing", "phone"]]
    widths = [float(drawing["width"].removesuffix("pt")) for drawing in page.all("svg")[2:]]
    assert [round(width / 72 * 25.4) for width in widths] == [165, 92]


def test_nothing_of_a_table_is_left_out(page):
    """Every row of every table is in the page, the long and the folded ones too."""
    rows = len([tag for tag, _, around in page.elements if tag == "tr" and "tbody" in around])
    schools, sections = len(SCHOOLS), 2
    assert rows == 3 * schools + 2 + 3 + schools + sections + 2 + 2 + LONG_ROWS + 60


def test_illustrative_figures_are_said_to_be_on_screen_and_on_every_printed_page(source, page):
    """The line stays in sight while one scrolls, and browsers repeat on each page what is fixed."""
    assert "SỐ LIỆU MINH HỌA" in page.text()
    assert re.search(r"@media print.*\.running \{[^}]*position: fixed", source, flags=re.DOTALL)
    assert "SỐ LIỆU MINH HỌA" not in html.render(document(), {**META, "notices": []})


def test_the_page_embeds_the_face_with_every_letter_it_shows(source):
    """Also a letter out of the usual: what the face has is never left to the reader's computer."""
    plain = html.render([blocks.say("a").to_dict()], META)
    rare = html.render([blocks.say("Ω").to_dict()], META)
    assert source.count("@font-face") == len(fonts.STYLES)
    assert fonts.web_face("Regular") in plain
    assert fonts.web_face("Regular", "Ω") in rare


def test_the_same_blocks_give_the_same_page_without_a_clock(source):
    """Nothing in it tells when or by whom it was made."""
    assert html.render(document(), META) == source


def test_a_report_without_dates_headings_or_charts_is_still_a_page():
    """A collection may know little of itself."""
    meta = {**META, "as_of": None, "coverage": "", "collection_title": "", "notices": []}
    page = Page(html.render([blocks.say("Một câu.").to_dict()], meta))
    assert page.all("nav") == []
    assert "Xu hướng" in page.text()
    assert page.unbalanced == []


def test_words_and_background_differ_enough_to_be_read():
    """Contrast of at least 4.5 to 1 (WCAG AA) for every colour of words on white, and for white on the banner."""
    sheets = "".join((blocks.block.TEMPLATES / name).read_text(encoding="utf-8") for name in ("blocks.css", "page.css"))
    colours = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", sheets))
    assert "#8a1c1c" in colours
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in colours - {"#ffffff"})


def contrast(one, other):
    """Return the ratio of two colours' luminances, by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    """Return the relative luminance of "#rrggbb"."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_chart_alone_in_a_notebook_brings_its_face():
    """Below its cell, too, the words of a chart are set in the face they were measured in."""
    shown = Page(blocks.figure(draw, counts(), "x", ATTACK)._repr_mimebundle_()["text/html"])
    (image,) = shown.all("img")
    assert image["alt"] == ATTACK
    drawing = base64.b64decode(image["src"].removeprefix("data:image/svg+xml;base64,")).decode()
    assert fonts.web_face("Regular") in drawing
    assert Page(drawing).unbalanced == []


def test_a_notebook_that_somebody_else_ran_still_shows_charts_and_columns():
    """JupyterLab takes drawings and style sheets out of it, and leaves images and style attributes."""
    chart = Page(blocks.figure(draw, counts(), "x", "y")._repr_mimebundle_()["text/html"])
    assert chart.all("svg") == []
    numbers = Page(blocks.table(counts(), "x")._repr_mimebundle_()["text/html"]).all("td")
    assert [number["style"] for number in numbers] == ["text-align: right"] * len(SCHOOLS)


def test_what_is_read_as_one_page_comes_before_the_table_of_contents():
    """On a telephone the contents would fill the first screen."""
    parts = [blocks.heading(f"Phần {place}").to_dict() for place in range(3)]
    shown = html.render([*parts[:1], blocks.page_break().to_dict(), *parts[1:]], META)
    assert shown.index(">Phần 0</h2>") < shown.index('class="contents"') < shown.index(">Phần 1</h2>")
    without = html.render(parts, META)
    assert without.index('class="contents"') < without.index(">Phần 0</h2>")


def test_no_line_ends_within_a_day_or_a_range_of_numbers():
    """A telephone breaks «14-3-2024» behind a dash; longer chains of numbers stay free to break."""
    page = html.render([*document()[:1], blocks.say("Đến 14-3-2024, n = 28–50; mã 1-2-3-4-5-6.").to_dict()], META)
    assert 'Đến <span class="whole">14-3-2024</span>, n = <span class="whole">28–50</span>; mã ' in page
    assert '<span class="whole">1-2-3-4-5-6</span>' not in page
