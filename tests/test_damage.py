"""What a damaged file gives away: a sample of what `make fuzz` does by the thousand, and the marks it looks for."""

import struct

import damage_books
import fuzz_damage
import pytest
import workbook_files as files
import xlwt
from compound_files import biff, compound

from dangvien_analysis.reading.xls_structure import is_sound
from dangvien_analysis.workbook import read_workbook


@pytest.mark.parametrize("seed", range(1, 33))
def test_a_damaged_file_gives_the_undamaged_reading_or_a_finding(seed):
    """Each seed is one file and one damage; what cannot be noticed is the value of one cell."""
    outcome = fuzz_damage.run(seed)
    assert outcome.fate != "WRONG", outcome
    assert not outcome.died


@pytest.fixture
def stream():
    """Return the records of a workbook that xlwt wrote: two texts and three numbers in two rows."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for place, value in {(0, 0): "Trường", (0, 1): "Kết nạp", (1, 0): 1, (1, 1): 5, (1, 3): 7.5}.items():
        sheet.write(*place, value)
    return book.get_biff_data()


def records(stream: bytes) -> list[tuple[int, int, int]]:
    """Return (kind, start, end) of the body of each record."""
    shift = damage_books.STREAM
    return [(kind, start - shift, end - shift) for kind, start, end in damage_books.records(bytes(shift) + stream)]


def body(stream: bytes, kind: int, which: int = 0) -> int:
    """Return where the body of a record of this kind begins."""
    return [start for found, start, _ in records(stream) if found == kind][which]


def put(stream: bytes, position: int, content: bytes) -> bytes:
    """Return a stream with some bytes replaced."""
    return stream[:position] + content + stream[position + len(content) :]


NUMBER, TEXTS, TEXT, ROW, SHEET = 0x027E, 0x00FC, 0x00FD, 0x0208, 0x0085


def test_a_whole_stream_is_sound(stream):
    """Nor is an older one judged, whose records are others."""
    assert is_sound(stream)
    assert is_sound(put(stream, 4, b"\x00\x05"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: put(s, body(s, NUMBER) - 4, struct.pack("<H", 0x0283)),
        lambda s: put(s, body(s, TEXT) - 2, struct.pack("<H", 8)),
        lambda s: put(s, body(s, TEXT, 1) + 2, struct.pack("<H", 0)),
        lambda s: put(s, body(s, TEXT) + 2, struct.pack("<H", 9)),
        lambda s: put(s, body(s, TEXT), struct.pack("<H", 5)),
        lambda s: put(s, body(s, ROW) - 2, struct.pack("<H", 18)),
        lambda s: put(s, body(s, TEXTS) + 8, struct.pack("<H", 7)),
        lambda s: put(s, body(s, TEXTS) + 10, b"\x00"),
        lambda s: put(s, body(s, SHEET), struct.pack("<I", 4)),
        lambda s: put(s, body(s, SHEET) + 5, b"\x02"),
        lambda s: s[: body(s, NUMBER)],
        lambda _: b"",
    ],
    ids=[
        "a record of no known kind",
        "a record of an impossible length",
        "a cell before the one before it",
        "a cell outside its row",
        "a row after the one after it",
        "a record that swallows the next",
        "a text longer than it is",
        "a text of other letters",
        "a sheet that begins nowhere",
        "a sheet of another kind than it opens as",
        "a stream cut short",
        "nothing",
    ],
)
def test_a_stream_that_contradicts_itself_is_not_sound(stream, damage):
    """No program writes it, so its numbers are doubtful."""
    assert not is_sound(damage(stream))


def test_texts_may_go_on_in_the_next_record():
    """Long tables of texts are broken off anywhere, also inside a text, which then says anew how wide it is."""
    texts = struct.pack("<IIHB", 2, 2, 4, 0) + b"ab"
    more = b"\x01" + "cđ".encode("utf-16-le") + struct.pack("<HBH", 1, 8, 1) + b"x" + struct.pack("<HH", 0, 0)
    for rest, sound in ((more, True), (more + b"y", False), (more[:-1], False)):
        whole = biff((0x00FC, texts), (0x003C, rest))
        assert is_sound(whole) == sound


def test_a_damaged_stream_is_read_with_a_warning(tmp_path, stream):
    """The numbers may be right; nobody can say."""
    broken = put(stream, body(stream, TEXT, 1) + 2, struct.pack("<H", 9))
    (tmp_path / "b.xls").write_bytes(compound(broken))
    assert [problem[:2] for problem in read_workbook(tmp_path / "b.xls").problems] == [("warning", "damaged_file")]


def test_two_sheets_of_one_part_are_both_refused(tmp_path):
    """Nobody can say whose numbers they are."""
    parts = files.xlsx_parts([files.sheet_xml(""), files.sheet_xml("")])
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('r:id="rId2"', 'r:id="rId1"')
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", parts))
    assert (book.sheets, [problem.code for problem in book.problems]) == ((), ["unreadable_sheet"] * 2)


@pytest.mark.parametrize(
    ("one", "other"), [("xl/styles.xml", "xl/sharedStrings.xml"), ("xl/workbook.xml", "xl/styles.xml")]
)
def test_parts_in_each_others_place_are_refused(tmp_path, one, other):
    """A table of texts without texts would leave every label blank."""
    parts = files.xlsx_parts([files.sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>')])
    parts[one], parts[other] = parts[other], parts[one]
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", parts))
    assert (book.sheets, [problem.code for problem in book.problems]) == ((), ["unreadable_file"])


@pytest.mark.parametrize(
    ("part", "name", "other"),
    [("xl/workbook.xml", "<sheet ", "<shyet "), ("xl/sharedStrings.xml", "<si/>", "<sj/>")],
)
def test_an_entry_of_another_name_is_not_passed_over(tmp_path, part, name, other):
    """A sheet would be missing without a word, or every text would be that of another cell."""
    cell = files.sheet_xml('<row r="1"><c r="A1" t="s"><v>1</v></c></row>')
    parts = files.xlsx_parts([cell, cell], strings="<si/><si><t>5 em</t></si>")
    assert len(read_workbook(files.write_zip(tmp_path / "good.xlsx", parts)).sheets) == 2
    parts[part] = parts[part].replace(name, other, 1)
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", parts))
    assert (book.sheets, [problem.code for problem in book.problems]) == ((), ["unreadable_file"])
