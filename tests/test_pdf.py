"""The PDF: archivable, accessible, set in one face, nothing over anything else, and every word of the report in it."""

import io
import itertools
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from types import SimpleNamespace

import pandas as pd
import pypdf
import pytest
from fontTools.ttLib import TTFont
from rich_document import ATTACK, LONG_ROWS, META, SCHOOLS, counts, document, draw, long, wide

from dangvien_analysis import blocks, fonts, html, pdf
from dangvien_analysis.pdf import fitting

MM = 72 / 25.4


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return the whole document as a PDF."""
    return pdf.render(document(), META, tmp_path_factory.mktemp("pdf") / "report.pdf")


@pytest.fixture(scope="module")
def reader(path):
    """Return the PDF opened."""
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def placed(reader):
    """Return the pieces of text of each page, with where they stand."""
    return [words(page) for page in reader.pages]


@pytest.fixture(scope="module")
def texts(reader):
    """Return the words of each page with single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def render(tmp_path, *shown, **meta):
    """Return a small report opened."""
    made = pdf.render([block.to_dict() for block in shown], {**META, **meta}, tmp_path / "small.pdf")
    return pypdf.PdfReader(made)


@lru_cache(maxsize=8)
def advances(style):
    """Return how wide each letter of a style is, in ems."""
    font = TTFont(io.BytesIO(fonts.faces()[style]))
    return {chr(code): font["hmtx"][name][0] / 1000 for code, name in font.getBestCmap().items()}


def width_of(text, style):
    """Return the width of a text in ems, without kerning."""
    return sum(advances(style)[letter] for letter in text)


def words(page):
    """Return the pieces of text set on a page: (text, left, bottom, width, size), in points, the right way up."""
    found = []

    def visit(text, matrix, _text_matrix, font, size):
        if text.strip() and abs(matrix[1]) < 0.01:  # words written upwards beside an axis are left out
            scale = abs(matrix[0])
            width = width_of(text.strip(), font["/BaseFont"].removesuffix("-Identity-H").split("-")[-1]) * size * scale
            found.append((text.strip(), matrix[4], matrix[5], width, size * scale))

    page.extract_text(visitor_text=visit)
    return found


def overlaps(placed):
    """Return the pairs of pieces of text on one line that stand over each other by more than a point."""
    pairs = []
    pieces = sorted(placed, key=lambda piece: (round(piece[2]), piece[1]))
    for (one, left, bottom, width, size), (other, left2, bottom2, _, size2) in itertools.pairwise(pieces):
        if abs(bottom - bottom2) < 0.6 * min(size, size2) and left2 < left + width - 1:
            pairs.append((one, other))
    return pairs


def structure(node, found=None):
    """Return how often each kind of structure element occurs below a node."""
    found = Counter() if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            structure(child, found)
    elif isinstance(node, dict):
        found[str(node.get("/S", ""))] += 1
        structure(node.get("/K", []), found)
    return found


def test_it_declares_what_typst_checked(reader):
    """PDF/A-2a and PDF/UA-1, tagged, in Vietnamese, with a title that readers show."""
    root = reader.trailer["/Root"]
    told = root["/Metadata"].get_object().get_data().decode("utf-8")
    for claim in ("<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1"):
        assert claim in told
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("vi")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "PHỤ LỤC SỐ LIỆU – về phát triển đảng viên"


def test_it_names_no_person_and_no_hour(reader):
    """The only date is the day of the data."""
    assert reader.metadata.author is None
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == "D:20240314000000Z"


def test_the_same_blocks_give_the_same_bytes(path, tmp_path):
    """A report made again is the same file."""
    assert pdf.render(document(), META, tmp_path / "again.pdf").read_bytes() == path.read_bytes()


def test_only_the_one_face_is_used_and_it_is_embedded(reader):
    """Also for the words inside charts: what a computer has installed never matters."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            name = font["/BaseFont"].split("+", 1)[1]
            assert name.startswith(fonts.TEXT_FACE.replace(" ", ""))
            assert "/FontFile3" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_every_vietnamese_letter_can_be_read_and_copied_out_composed(texts):
    """Searching and copying give NFC, letter for letter."""
    everything = "".join(texts)
    assert set(fonts.vietnamese_letters()) <= set(everything)
    assert unicodedata.is_normalized("NFC", everything)


def test_a_name_that_tries_to_become_code_comes_out_as_that_text(texts):
    """In paragraphs, captions, cells and notes, in a bold line and a small one."""
    assert " ".join(texts).count(ATTACK) >= 5


def test_words_come_out_in_the_order_they_are_read(texts):
    """Title, sections, tables, annex: as in the list of blocks."""
    everything = " ".join(texts)
    order = ["PHỤ LỤC SỐ LIỆU", "Bốn trường cử", "một dòng", "Theo trường", "BẢNG 1.", "BẢNG 2."]
    order += ["Bảng rộng", "BẢNG 4.", "Bảng dài", "BẢNG 6.", "Nơi nhận", "Phụ lục: Số liệu", "BẢNG PL1", "BẢNG PL3"]
    places = [everything.index(text) for text in order]
    assert places == sorted(places)


def test_no_word_stands_over_another_and_none_beyond_the_margin(reader, placed):
    """Rows printed over each other, and columns that run off the page, are what a text search never sees."""
    for page, pieces in zip(reader.pages, placed, strict=True):
        assert overlaps(pieces) == []
        right = float(page.mediabox.width) - 15 * MM
        assert [piece for piece in pieces if piece[1] < 30 * MM - 1 or piece[1] + piece[3] > right + 2] == []


def test_every_row_of_a_long_table_is_printed_once_under_its_header(texts, reader):
    """The header is repeated on each page; no row is lost at a page's end."""
    last = next(n for n, text in enumerate(texts) if "BẢNG 7." in text)
    first = next(n for n, text in enumerate(texts) if "BẢNG 6." in text)
    pages = texts[first : last + 1]
    cells = re.findall(r"\bC(\d+)\b", " ".join(pages))
    assert [int(cell) for cell in cells] == list(range(LONG_ROWS))
    assert all("Tệp Ô Nội dung" in text for text in pages)
    assert len(pages) > 3


def test_no_sum_stands_alone_on_a_page_and_no_table_begins_with_a_row_or_two(tmp_path):
    """Wherever the pages end: the sum keeps the row before it, a long table begins with several rows."""
    for before, count in [*((before, 40) for before in range(26, 36, 3)), *((0, count) for count in range(35, 43))]:
        names = [f"Trường {n}." for n in range(count)]
        frame = pd.DataFrame({"school": [*names, "Cộng"], "n": [1] * count + [count]})
        shown = [*(blocks.say(f"Câu {n}.") for n in range(before)), blocks.table(frame, "Dài", totals=1)]
        pages = [page.extract_text() for page in render(tmp_path, *shown).pages]
        begins, ends = (next(page for page in pages if text in page) for text in ("Trường 0.", "Cộng"))
        assert "Trường 2." in begins, (before, count)
        assert f"Trường {count - 1}." in ends, (before, count)


def test_a_report_that_promises_its_pages_keeps_to_them(tmp_path):
    """Its type shrinks within reason; what cannot be made to fit is set as small, and still whole."""
    lines = [blocks.say(f"Câu {n} của báo cáo này không dài.") for n in range(42)]
    assert len(render(tmp_path, *lines).pages) == 2
    kept = render(tmp_path, *lines, pages=1)
    assert len(kept.pages) == 1
    assert "Câu 41" in kept.pages[0].extract_text()
    long_one = render(tmp_path, *(lines * 4), pages=1)
    assert len(long_one.pages) > 1
    assert "Câu 41" in long_one.pages[-1].extract_text()


def test_no_row_is_cut_in_two(tmp_path):
    """However many lines a row has, it stands on one page; only one longer than a page is cut."""
    rows = [f"đầu{n} {'nội dung ' * 90} cuối{n}." for n in range(12)]
    frame = pd.DataFrame({"cell": [f"C{n}" for n in range(13)], "message": [*rows, f"đầu12 {'dài ' * 4000} cuối12."]})
    pages = [page.extract_text() for page in render(tmp_path, blocks.table(frame, "x")).pages]
    for n in range(12):
        assert [f"đầu{n} " in text for text in pages] == [f"cuối{n}." in text for text in pages]
    assert "cuối12." in pages[-1]
    assert sum(text.count("dài") for text in pages) == 4000


def test_the_page_is_that_of_a_party_document(reader, placed, texts):
    """A4; number at the top centre from the second page on; the marking of invented figures on every page."""
    for number, (page, pieces) in enumerate(zip(reader.pages, placed, strict=True), start=1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert sorted((round(width / MM), round(height / MM))) == [210, 297]
        top = [piece for piece in pieces if piece[2] > height - 20 * MM]
        centre = (30 * MM + width - 15 * MM) / 2
        numbers = [piece for piece in top if piece[0] == str(number) and abs(piece[1] + piece[3] / 2 - centre) < 2]
        assert len(numbers) == (number > 1)
        assert "SỐ LIỆU MINH HỌA" in {piece[0] for piece in top}
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in texts[0]
    assert "CỘNG HÒA" not in texts[0]


def test_a_report_that_nobody_issued_does_not_look_like_a_party_document(tmp_path):
    """Published figures of some other office get a title, and no letterhead."""
    nobody = SimpleNamespace(parent="", name="", board="", issuer="board", place="")
    collection = SimpleNamespace(organisation=nobody, as_of=None, illustrative=False)
    opening = blocks.letterhead(collection, "Số liệu đã công bố")
    assert "ĐẢNG CỘNG SẢN" not in html.render([opening.to_dict()], META)
    text = render(tmp_path, opening).pages[0].extract_text()
    assert "Số liệu đã công bố" in text
    assert "ĐẢNG CỘNG SẢN" not in text


def test_real_figures_bear_no_marking_of_invented_ones(tmp_path):
    """The words stand only where they are true."""
    assert "MINH HỌA" not in render(tmp_path, blocks.say("a"), notices=[]).pages[0].extract_text()


def test_a_page_break_begins_a_page_but_not_after_little_text(tmp_path):
    """A small collection's first page is not left nearly empty; a full one ends where it is told to."""
    pages = {}
    for sentences in (3, 30):
        pages[sentences] = len(
            render(
                tmp_path,
                blocks.say("Một câu có độ dài vừa phải. " * sentences),
                blocks.page_break(),
                blocks.say("Sau."),
            ).pages
        )
    assert pages == {3: 1, 30: 2}


def test_no_heading_stands_alone_at_the_end_of_a_page(tmp_path):
    """Wherever the page ends, a heading goes with what it heads; also before a chart and a wide table."""
    for lines in range(30, 46):
        filling = blocks.say("\n".join(["Dòng."] * lines))
        for after in (blocks.say("Câu đầu."), blocks.table(counts(), "Bảng"), blocks.table(wide(20), "Rộng")):
            pages = render(tmp_path, filling, blocks.heading("Đầu đề này"), after).pages
            head = next(page for page in pages if "Đầu đề này" in page.extract_text())
            assert head.extract_text().rstrip().splitlines()[-1].strip() != "Đầu đề này"


def test_a_chart_stays_with_its_caption(tmp_path):
    """Wherever the page ends, caption and drawing are on one page."""
    chart = blocks.figure(draw, counts(), "Đầu đề hình", "y")
    for lines in range(18, 34):
        pages = render(tmp_path, blocks.say("\n".join(["Dòng."] * lines)), chart).pages
        shown = [" ".join(page.extract_text().split()) for page in pages]
        caption = next(text for text in shown if "BIỂU ĐỒ 1. Đầu đề hình" in text)
        assert "Số liệu và nguồn: Bảng PL1" in caption


def test_wide_tables_lie_on_a_page_turned_with_their_heading(reader, texts):
    """Neighbours share it; a table too wide even for that goes on in a second one, with every column."""
    page = next(n for n, text in enumerate(texts) if "Mười tám cột" in text)
    assert float(reader.pages[page].mediabox.width) > float(reader.pages[page].mediabox.height)
    assert "Bảng rộng" in texts[page]
    assert "Bốn mươi cột (tiếp)" in texts[page]
    everything = texts[page]
    assert all(f"T{n}/2023" in everything for n in range(1, 40))


def test_it_is_tagged_as_what_it_is(reader):
    """Headings, lists, tables with header cells, and figures with an alternative text."""
    found = structure(reader.trailer["/Root"]["/StructTreeRoot"])
    assert found["/Title"] + found["/H1"] > 0
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/THead", "/TH", "/TD", "/Figure", "/Caption"} <= set(found)
    assert found["/Figure"] == 3


def test_the_outline_lists_the_headings(reader):
    """A reader of the file moves by its sections."""

    def titles(entries):
        for entry in entries:
            yield from titles(entry) if isinstance(entry, list) else [entry["/Title"]]

    expected = [
        "Bốn trường cử 194 học sinh đi học",
        "Theo trường",
        "Bảng rộng",
        "Bảng dài",
        "Phụ lục: Số liệu và nguồn",
    ]
    assert list(titles(reader.outline)) == expected


def test_a_letter_that_the_face_lacks_does_not_stop_a_report(tmp_path):
    """One strange sign in a workbook is a box in print, not a night without report."""
    name = "Trường 中 😀 A"
    frame = pd.DataFrame({"school": [name], "n": [1]})
    text = render(tmp_path, blocks.figure(draw, frame, name, "y"), blocks.table(frame, "x")).pages[0].extract_text()
    assert "Trường □ □ A" in " ".join(text.split())


def test_what_typst_would_not_set_is_an_error_and_leaves_no_file(tmp_path):
    """An image without a text instead of it is refused, not printed."""
    block = {**blocks.figure(draw, counts(), "x", "y").to_dict(), "alt": None}
    with pytest.raises(pdf.TypesettingError, match="missing alt text"):
        pdf.render([block], META, tmp_path / "never.pdf")
    assert not (tmp_path / "never.pdf").exists()


def test_a_warning_of_typst_is_an_error(tmp_path, monkeypatch):
    """A missing font is only a warning there; here nothing is set in whatever face comes next."""
    monkeypatch.setattr(fonts, "TEXT_FACE", "No Such Face")
    with pytest.raises(pdf.TypesettingError, match=r"(?i)unknown font"):
        render(tmp_path, blocks.say("a"))


def test_a_report_that_knows_little_of_itself_is_still_a_report(tmp_path):
    """No day, no title of a collection, no letterhead, nothing to show."""
    reader = render(tmp_path, as_of=None, collection_title="", coverage="")
    assert "Xu hướng" in reader.pages[0].extract_text()


@pytest.mark.parametrize("columns", [2, 5, 9, 13, 17, 30, 60])
def test_a_table_never_needs_more_than_its_page(columns):
    """The widths given to the columns add up to the page, and no number needs more than its column."""
    block = fitting.fitted(blocks.table(wide(columns), "x", totals=1).to_dict())
    shown = []
    for part in block["parts"]:
        assert sum(part["widths"]) <= (fitting.LANDSCAPE if block["landscape"] else fitting.PORTRAIT) + 0.1
        room = [width - fitting.GUTTER for width in part["widths"]]
        needs = [max(fitting.width_of(row["cells"][n]) for row in part["rows"]) for n in range(len(room))]
        assert all(part["size"] * need <= free + fitting.GUTTER / 2 for need, free in zip(needs, room, strict=True))
        shown += part["header"][0][bool(shown) :]
    assert [cell["text"] for cell in shown[1:]] == [f"T{n}/2023" for n in range(1, columns)]


def test_a_longer_table_is_set_as_it_is_read():
    """Long names without spaces are cut only where they may break, and nothing of them is lost."""
    name = long()["file"][0]
    assert "".join(fitting.pieces(name)) == name
    assert max(map(len, fitting.pieces(name))) <= fitting.LONG_WORD + 1
    assert fitting.pieces(SCHOOLS[2]) == SCHOOLS[2].split()


def test_a_very_tall_chart_leaves_room_for_its_heading(tmp_path):
    """Of forty schools, say: else the heading stands alone on a page, and the chart on the next."""
    tall = blocks.figure(draw, counts(), "Bốn trường", "Cột ngang.", size=(165, 235))
    made = render(tmp_path, blocks.heading("Theo trường"), blocks.say("Câu mở đầu."), tall)
    assert "Theo trường" in made.pages[0].extract_text()
    assert "BIỂU ĐỒ 1" in made.pages[0].extract_text()


def test_a_long_running_title_keeps_to_one_line(tmp_path):
    """It is cut at a comma where there is one, else between words."""
    title = "Học sinh được kết nạp Đảng ở tỉnh Quảng Trị, 6 tháng đầu năm 2024"
    made = render(
        tmp_path, blocks.say("Trang đầu. " * 60), *[blocks.say("Trang sau. " * 60)] * 9, collection_title=title
    )
    assert "Học sinh được kết nạp Đảng ở tỉnh Quảng Trị … 2" in made.pages[1].extract_text()


def test_a_day_is_not_cut_in_two_by_the_end_of_a_line(tmp_path):
    """14-3-2024 stays whole wherever it falls."""
    for words in range(1, 30):
        text = render(tmp_path, blocks.say("ba " * words + "tính đến ngày 14-3-2024 " * 3)).pages[0].extract_text()
        assert text.count("14-3-2024") == 3
