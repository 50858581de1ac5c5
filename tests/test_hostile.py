"""Files that are broken, wrong or made to break the reader: each is refused by name, and harms no other."""

import struct
import time
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import compound_files
import pytest
import workbook_files as files
import xlwt

from dangvien_analysis.reading import assemble, parts, refusal
from dangvien_analysis.workbook import Cell, read_workbook

ONE = '<row r="1"><c r="A1"><v>5</v></c></row>'
FIVE = {(1, 1): Cell("count", "5", 5, 5.0)}


def good_xlsx(path: Path) -> Path:
    """Write a workbook with nothing wrong."""
    return files.write_xlsx(path, ONE)


def good_xls(path: Path) -> Path:
    """Write an .xls with nothing wrong."""
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, 5)
    book.save(str(path))
    return path


def good_ods(path: Path) -> Path:
    """Write an .ods with nothing wrong."""
    cell = '<table:table-cell office:value-type="float" office:value="5"/>'
    return files.write_ods(path, f"<table:table><table:table-row>{cell}</table:table-row></table:table>")


GOOD = {"xlsx": good_xlsx, "xls": good_xls, "ods": good_ods}


def refusal_of(path: Path) -> str:
    """Return the one sentence a file is refused with."""
    book = read_workbook(path)
    assert book.sheets == ()
    (problem,) = book.problems
    assert problem[:2] == ("error", "unreadable_file")
    return problem.message


def archive(**contents: str) -> bytes:
    """Return a zip file of these parts; two underscores stand for a slash."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in contents.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


# --- not what the name says -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"\0" * 5000, "cắt cụt"),
        (b"<html><body><table><tr><td>5</td></tr></table></body></html>", "HTML"),
        (b"\xef\xbb\xbf\r\n  <!DOCTYPE html><p>5", "HTML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b'{"so": 5}', "JSON"),
        ("Trường;Kết nạp\nA;5\n".encode(), "CSV"),
        ("Trường\tKết nạp\nA\t5\n".encode("utf-16"), "CSV"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "ảnh"),
        (b"{\\rtf1 a}", "RTF"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"MIME-Version: 1.0\n", "MHT"),
        (b"\x01\x02\x03\x04\x05\x06", "không rõ loại"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "Excel 4.0"),
        (archive(a_dot_txt="5"), "ZIP"),
        (archive(word__document_dot_xml="<w/>"), "Word"),
        (archive(ppt__presentation_dot_xml="<p/>"), "PowerPoint"),
        (archive(xl__workbook_dot_bin="x"), ".xlsb không được hỗ trợ"),
        (archive(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<a/>"), "OpenDocument"),
        (compound_files.compound(b"", "WordDocument"), "Word"),
        (compound_files.compound(b"", "EncryptedPackage"), "mật khẩu"),
        (compound_files.compound(b"", "Something"), "hỏng"),
        (compound_files.compound(compound_files.biff((0x002F, b"\1\0\1\0" + b"x" * 50))), "mật khẩu"),
        (compound_files.compound(compound_files.biff()), "không có trang tính"),
    ],
)
@pytest.mark.parametrize("extension", [".xls", ".xlsx"])
def test_content_that_is_no_workbook_is_named(tmp_path, content, said, extension):
    """The first bytes tell, not the extension, and the sentence says what to do."""
    path = tmp_path / f"báo cáo{extension}"
    path.write_bytes(content)
    message = refusal_of(path)
    assert said in message
    assert any(todo in message for todo in ("Save As", "gửi lại", "bỏ mật khẩu"))


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("extension", [".xls", ".xlsx", ".ods", ".dat", ""])
def test_a_workbook_under_a_wrong_name_is_read(tmp_path, kind, extension):
    """An .xlsx named .xls is an everyday sight."""
    book = read_workbook(GOOD[kind](tmp_path / f"b{extension}"))
    assert book.problems == ()
    assert book.sheets[0].cells == FIVE


def test_an_encrypted_ods_is_named(tmp_path):
    """OpenDocument says in its manifest what is encrypted."""
    path = good_ods(tmp_path / "b.ods")
    with ZipFile(path, "a") as file:
        file.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
    assert refusal_of(path) == refusal.ENCRYPTED


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("~$bao cao.xlsx", ("warning", "lock_file")),
        (".~lock.b.ods#", ("warning", "lock_file")),
        ("Thumbs.db", ("info", "not_a_return")),
    ],
)
def test_files_that_programs_leave_behind_are_told_apart(tmp_path, name, found):
    """A lock file means that somebody has the workbook open; it is not a broken return."""
    (tmp_path / name).write_bytes(b"\x05admin")
    book = read_workbook(tmp_path / name)
    assert [problem[:2] for problem in book.problems] == [found]


def test_what_is_not_a_file_is_refused(tmp_path):
    """A folder, or nothing at all."""
    assert refusal_of(tmp_path) == refusal.MISSING
    assert refusal_of(tmp_path / "không có.xlsx") == refusal.MISSING


# --- damaged ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_cut_short_is_refused_or_whole(tmp_path, kind):
    """Wherever a file is cut, either what is read is right or there is a problem."""
    whole = GOOD[kind](tmp_path / f"b.{kind}").read_bytes()
    path = tmp_path / f"cut.{kind}"
    for length in range(0, len(whole) - 1, max(1, len(whole) // 40)):
        path.write_bytes(whole[:length])
        book = read_workbook(path)
        assert book.problems or book.sheets[0].cells == FIVE


def test_a_zip_without_its_end_is_called_cut_short(tmp_path):
    """The list of a zip file stands at its end: a download broken off lacks it."""
    path = good_xlsx(tmp_path / "b.xlsx")
    path.write_bytes(path.read_bytes()[:-30])
    assert refusal_of(path) == refusal.TRUNCATED


def spoil(path: Path, part: str) -> None:
    """Change one byte of the content of a part and nothing else."""
    with ZipFile(path) as file:
        contents = {entry.filename: file.read(entry) for entry in file.infolist()}
    with ZipFile(path, "w") as file:  # stored, so that the byte is content and not packing
        for name, content in contents.items():
            file.writestr(name, content)
    data = path.read_bytes()
    path.write_bytes(data.replace(contents[part], contents[part].replace(b"5", b"6", 1)))


def test_a_wrong_checksum_is_never_read_over(tmp_path):
    """The fast library reads 6 where 5 stood; here the sheet is refused, and its neighbour is read."""
    spoiled = files.sheet_xml(ONE, before='<dimension ref="A1"/>')
    path = files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([spoiled, files.sheet_xml(ONE)]))
    spoil(path, "xl/worksheets/sheet1.xml")
    assert path.read_bytes().count(b"<v>6</v>") == 1
    book = read_workbook(path)
    assert [(sheet.name, sheet.cells) for sheet in book.sheets] == [("Trang 2", FIVE)]
    assert [problem[:4] for problem in book.problems] == [("error", "unreadable_sheet", "Trang 1", "")]
    assert book.problems[0].message == refusal.BAD_CHECKSUM


def test_a_wrong_checksum_of_shared_parts_refuses_the_file(tmp_path):
    """No sheet can be trusted without its strings."""
    path = files.write_xlsx(tmp_path / "b.xlsx", ONE, strings="<si><t>5 em</t></si>")
    spoil(path, "xl/sharedStrings.xml")
    assert refusal_of(path) == refusal.BAD_CHECKSUM


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>6</v></c></row>',
        '<row r="1"><c r="B1"><v>5</v></c><c r="A1"><v>6</v></c></row>',
        '<row r="2"><c r="A2"><v>5</v></c></row><row r="1"><c r="A1"><v>6</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c><c r="B2"><v>6</v></c></row>',
        '<row r="1"><c r="A2"><v>5</v></c></row>',
        '<row spans="1:1" r="1"><c r="A2"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v>5</v></c><c><v>6</v></c></row>',
        '<row r="1"><c r="A1" u="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><g t="shared"/></c></row>',
        '<row r="1"><c r="A0"><v>5</v></c></row>',
        '<row r="1"><c r="XFE1"><v>5</v></c></row>',
        '<row r="1"><c r="A1048577"><v>5</v></c></row>',
        '<row r="1"><c r="5"><v>5</v></c></row>',
        '<row r="x"><c><v>5</v></c></row>',
        '<row r="1048577"><c><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v>5</c></row>',
        '<row r="1"><c r="A1"><v>5</v></c>',
        '<row r="1"><c r="A1" s="x"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v>\x01</v></c></row>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(tmp_path, rows):
    """A cell given twice, or in no place there is, makes the whole sheet doubtful; others are read."""
    path = files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([files.sheet_xml(rows), files.sheet_xml(ONE)]))
    book = read_workbook(path)
    assert [sheet.name for sheet in book.sheets] == ["Trang 2"]
    assert [problem.message for problem in book.problems] == [refusal.DAMAGED_SHEET]


def test_a_sheet_in_an_encoding_that_does_not_exist_is_refused(tmp_path):
    """The others are read."""
    sheets = [files.sheet_xml(ONE).replace("UTF-8", "UTF-S"), files.sheet_xml(ONE)]
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts(sheets)))
    assert ([sheet.name for sheet in book.sheets], len(book.problems)) == (["Trang 2"], 1)


def test_a_sheet_that_is_missing_is_said(tmp_path):
    """The workbook lists it, and it is not there."""
    contents = files.xlsx_parts([files.sheet_xml(ONE), files.sheet_xml(ONE)])
    del contents["xl/worksheets/sheet1.xml"]
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", contents))
    assert ([sheet.name for sheet in book.sheets], len(book.problems)) == (["Trang 2"], 1)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_refuse_the_file(tmp_path):
    """Programs differ in which of the two they read."""
    path = good_xlsx(tmp_path / "b.xlsx")
    with ZipFile(path, "a") as file:
        file.writestr("xl/worksheets/sheet1.xml", files.sheet_xml(ONE.replace("5", "6")))
    assert refusal_of(path) == refusal.DAMAGED


def test_an_xls_with_a_fault_around_its_stream_is_read_with_a_warning(tmp_path):
    """A real file of an office has this fault: another library reads it, so it is read, but not without a word."""
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, 5)
    (tmp_path / "b.xls").write_bytes(compound_files.claimed_twice(book.get_biff_data()))
    read = read_workbook(tmp_path / "b.xls")
    assert read.sheets[0].cells == FIVE
    assert [problem[:2] for problem in read.problems] == [("warning", "damaged_file")]


# --- made to break ----------------------------------------------------------------------------------------------


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    """A part that unpacks a thousandfold is refused by its declared size."""
    path = files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts([files.sheet_xml(" " * (40 << 20) + ONE)]))
    assert path.stat().st_size < 1 << 20
    assert [problem.message for problem in read_workbook(path).problems] == [refusal.BOMB]


def test_a_zip_bomb_that_lies_about_its_size_is_not_unpacked(tmp_path):
    """A part declared small is unpacked no further than declared, and then does not match."""
    packed = zlib.compress(b" " * (50 << 20), 1)[2:-4]
    name = b"xl/workbook.xml"
    fields = (20, 0, 8, 0, 0, 0, len(packed), 100, len(name), 0)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", *fields) + name
    listed = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0) + name
    start = len(local) + len(packed)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(listed), start, 0)
    package = parts.Package(local + packed + listed + end)
    tracemalloc.start()
    with pytest.raises(refusal.Unreadable, match="mã kiểm tra"):
        package.read("xl/workbook.xml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 << 20


ENTITIES = '<!DOCTYPE x [<!ENTITY a "5"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused_in_every_part(tmp_path, part):
    """Nothing is fetched from a file or address that a workbook names, and nothing grows."""
    contents = files.xlsx_parts([files.sheet_xml('<row r="1"><c r="A1" t="str"><v>5</v></c></row>')])
    contents[part] = contents[part].replace(files.DECLARATION, "")
    contents[part] = ENTITIES + contents[part].replace("<v>5</v>", "<v>&f;</v>")
    book = read_workbook(files.write_zip(tmp_path / "b.xlsx", contents))
    assert book.sheets == ()
    assert len(book.problems) == 1


def test_entities_are_refused_in_ods(tmp_path):
    """The same in OpenDocument."""
    path = files.write_zip(
        tmp_path / "b.ods",
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ENTITIES + "<a>&f;</a>"},
    )
    assert refusal_of(path) == refusal.DAMAGED


def test_a_part_outside_the_file_is_not_opened(tmp_path):
    """A relation may lead to another part only, wherever its path points."""
    contents = files.xlsx_parts([files.sheet_xml(ONE)])
    links = contents["xl/_rels/workbook.xml.rels"]
    for target in ("../../../../etc/hostname", "file:///etc/hostname", "http://example.invalid/sheet1.xml"):
        contents["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1.xml", target)
        book = read_workbook(files.write_zip(tmp_path / "b.xlsx", contents))
        assert (book.sheets, [problem.code for problem in book.problems]) == ((), ["unreadable_sheet"])


def test_a_range_declared_huge_costs_nothing(tmp_path):
    """What a sheet says of its own size is not believed."""
    rows = ONE + '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    start = time.monotonic()
    path = files.write_xlsx(tmp_path / "b.xlsx", rows, before='<dimension ref="A1:XFD1048576"/>')
    assert list(read_workbook(path).sheets[0].cells) == [(1, 1), (1048576, 16384)]
    repeated = 'table:number-columns-repeated="16384" office:value-type="float" office:value="5"'
    row = f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {repeated}/></table:table-row>'
    assert (
        refusal_of(files.write_ods(tmp_path / "b.ods", f"<table:table>{row}</table:table>")) == refusal.TOO_MANY_CELLS
    )
    assert time.monotonic() - start < 5


def test_more_cells_than_any_return_has_are_refused(tmp_path):
    """The limit leaves room for all schools of the country in one table."""
    row = "".join(f'<c r="{col}{{0}}"><v>5</v></c>' for col in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    count = assemble.MAX_CELLS // 26 + 1
    rows = "".join(f'<row r="{number}">{row.format(number)}</row>' for number in range(1, count + 1))
    assert [p.message for p in read_workbook(files.write_xlsx(tmp_path / "b.xlsx", rows)).problems] == [
        refusal.TOO_MANY_CELLS
    ]


@pytest.mark.parametrize(
    "merges",
    [
        [f"A{row}:B{row}" for row in range(1, assemble.MAX_MERGES + 3)],
        ["A1:Z50000"] * 2000,
    ],
    ids=["many", "large"],
)
def test_merges_past_counting_are_refused_at_once(tmp_path, merges):
    """They keep other libraries busy for minutes."""
    after = "<mergeCells>" + "".join(f'<mergeCell ref="{merge}"/>' for merge in merges) + "</mergeCells>"
    start = time.monotonic()
    path = files.write_xlsx(tmp_path / "b.xlsx", ONE + '<row r="50000"><c r="Z50000"><v>5</v></c></row>', after=after)
    assert [problem.message for problem in read_workbook(path).problems] == [refusal.TOO_MANY_MERGES]
    assert time.monotonic() - start < 5


def test_thousands_of_merges_are_read_at_once(tmp_path):
    """Within the limit they cost next to nothing."""
    after = "<mergeCells>" + "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 9001)) + "</mergeCells>"
    start = time.monotonic()
    path = files.write_xlsx(tmp_path / "b.xlsx", ONE + '<row r="9000"><c r="C9000"><v>5</v></c></row>', after=after)
    assert len(read_workbook(path).sheets[0].merges) == 9000
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("fault", compound_files.LOOPS)
def test_a_broken_compound_document_is_refused_at_once(tmp_path, fault):
    """The directory that loops makes the fast library ask for 8 GB and abort the whole process."""
    path = tmp_path / "b.xls"
    path.write_bytes(compound_files.compound(compound_files.biff(), **compound_files.LOOPS[fault]))
    start = time.monotonic()
    assert refusal_of(path) in (refusal.DAMAGED, refusal.NO_SHEETS)
    assert time.monotonic() - start < 5


def test_a_text_longer_than_a_cell_can_hold_is_damage(tmp_path):
    """Nobody typed it, and it must not fill the memory of the caches."""
    path = files.write_xlsx(tmp_path / "b.xlsx", f'<row r="1"><c r="A1" t="str"><v>{"a" * 40_000}</v></c></row>')
    assert read_workbook(path).sheets[0].cells == {(1, 1): Cell("error", "?")}
