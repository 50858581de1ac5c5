"""The process that reads: its answers, its limits, and what happens when it dies."""

import subprocess
import sys
from pathlib import Path

import pytest
import workbook_files as files
import xlwt

from dangvien_analysis import workbook
from dangvien_analysis.reading import limits, refusal, transfer
from dangvien_analysis.reading.cells import number_cell
from dangvien_analysis.reading.read import read_path
from dangvien_analysis.reading.transfer import Packer, Unpacker
from dangvien_analysis.workbook import Cell, Sheet, Workbook, read_workbook, read_workbooks

FIVE = {(1, 1): Cell("count", "5", 5, 5.0)}


def good_xlsx(path: Path) -> Path:
    """Write a workbook with nothing wrong."""
    return files.write_xlsx(path, '<row r="1"><c r="A1"><v>5</v></c></row>')


def test_a_workbook_crosses_to_the_parent_unchanged(tmp_path):
    """The child's answer is what the reader read."""
    merge = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells><cols><col min="3" max="3" hidden="1"/></cols>'
    rows = '<row r="1" hidden="1"><c r="A1" t="str"><v>Năm</v></c></row><row r="2"><c r="C2"><v>9.8</v></c></row>'
    sheets = [files.sheet_xml(rows, after=merge), files.sheet_xml(""), files.sheet_xml(rows), ""]
    book = read_path(files.write_zip(tmp_path / "b.xlsx", files.xlsx_parts(sheets, states=["hidden"])))
    assert ([len(sheet.cells) for sheet in book.sheets], len(book.problems)) == ([2, 0, 2], 1)
    assert Unpacker().unpack(Packer().pack(book)) == book


def numbers(count: int) -> Workbook:
    """Return a workbook with so many different cells, in one column."""
    return Workbook((Sheet("S", {(row, 1): number_cell(float(row)) for row in range(1, count + 1)}),))


def test_what_the_parent_knows_is_not_sent_again():
    """Most cells of a form are the same in all files; what fails halfway leaves nothing that only one side knows."""
    packer, unpacker = Packer(), Unpacker()
    first, again, more = packer.pack(numbers(50)), packer.pack(numbers(50)), packer.pack(numbers(51))
    assert len(again) < len(more) < len(first) / 2
    assert [unpacker.unpack(message) for message in (first, again, more)] == [numbers(50), numbers(50), numbers(51)]
    with pytest.raises(TypeError):
        packer.pack(numbers(52)._replace(properties={"a": object()}))
    assert unpacker.unpack(packer.pack(numbers(52))) == numbers(52)


def test_neither_side_remembers_without_end(monkeypatch):
    """A large workbook, or many, must not stay in memory."""
    monkeypatch.setattr(transfer, "_MOST_KNOWN", 1000)
    packer, unpacker = Packer(), Unpacker()
    for count in (10, 500, 10, 20, 500, 20):
        assert unpacker.unpack(packer.pack(numbers(count))) == numbers(count)
        assert len(packer._cells) == len(unpacker._cells) == len({10: range(10), 20: range(20)}.get(count, ()))
        assert len(packer._layouts) == len(unpacker._layouts) < 3


def test_many_files_come_in_order_from_one_child(tmp_path):
    """The paths are given back as they were given."""
    paths = [str(good_xlsx(tmp_path / f"{number}.xlsx")) for number in range(8)]
    read = list(read_workbooks(iter(paths)))
    assert [path for path, _ in read] == paths
    assert all(book.sheets[0].cells == FIVE for _, book in read)


def test_the_first_files_are_opened_while_the_caller_makes_ready(tmp_path):
    """They are asked for at once, and no more than a few of them."""
    taken = []
    paths = (taken.append(path) or path for path in [good_xlsx(tmp_path / "1.xlsx")] * 20)
    reading = read_workbooks(paths)
    assert 0 < len(taken) < 20
    assert len(list(reading)) == len(taken) == 20


def test_reading_can_be_broken_off_and_done_twice_at_a_time(tmp_path):
    """A reader that is left half-way leaves no answer behind for the next."""
    paths = [good_xlsx(tmp_path / f"{number}.xlsx") for number in range(4)]
    other = files.write_xlsx(tmp_path / "other.xlsx", '<row r="1"><c r="B1"><v>6</v></c></row>')
    first, second = read_workbooks(paths), read_workbooks([other, paths[0]])
    next(first)
    assert list(next(second)[1].sheets[0].cells) == [(1, 2)]
    first.close()
    assert list(next(second)[1].sheets[0].cells) == [(1, 1)]
    assert list(read_workbook(other).sheets[0].cells) == [(1, 2)]


def test_reading_starts_without_pandas():
    """The child reads bytes and no frames: it must start at once and stay small."""
    code = "import sys, dangvien_analysis.reading.child; print('pandas' in sys.modules, 'numpy' in sys.modules)"
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def large_xlsx(path: Path) -> Path:
    """Write a workbook that takes a second or more to read: no cell repeats another, and the fast way is barred."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}.5</v></c></row>' for row in range(1, 300_001))
    return files.write_xlsx(path, f"<!-- -->{rows}")


@pytest.fixture
def new_children():
    """Let the test start its own children, and end them."""
    workbook.end_reading()
    yield
    workbook.end_reading()


@pytest.mark.usefixtures("new_children")
def test_a_file_that_takes_too_long_is_dropped_and_the_next_are_read(tmp_path, monkeypatch):
    """The child ends itself even where a library never comes back; here its limit is a third of a second."""
    hurry = "from dangvien_analysis.reading import limits; limits.SECONDS = 0.33; "
    monkeypatch.setattr(workbook, "_START", workbook._START.replace("from ", hurry + "from ", 1))
    good, large = good_xlsx(tmp_path / "1.xlsx"), large_xlsx(tmp_path / "2.xlsx")
    one, two, three = (book for _, book in read_workbooks([good, large, good]))
    assert one.sheets[0].cells == three.sheets[0].cells == FIVE
    assert [problem.message for problem in two.problems] == [refusal.SLOW]


@pytest.mark.usefixtures("new_children")
def test_a_file_that_kills_the_child_is_dropped_and_the_next_are_read(tmp_path, monkeypatch):
    """No file is known to do it, so the child is told to die of one name."""
    dying = (
        "import os; from dangvien_analysis.reading import child; answer = child._answer; "
        "child._answer = lambda path, packer: os._exit(9) if 'kill' in path.name else answer(path, packer); "
    )
    monkeypatch.setattr(workbook, "_START", workbook._START.replace("from ", dying + "from ", 1))
    good, bad = good_xlsx(tmp_path / "1.xlsx"), good_xlsx(tmp_path / "kill.xlsx")
    read = [book for _, book in read_workbooks([good, bad, good, bad, bad, good])]
    assert [book.problems[0].message if book.problems else book.sheets[0].cells for book in read] == [
        FIVE,
        refusal.CRASHED,
        FIVE,
        refusal.CRASHED,
        refusal.CRASHED,
        FIVE,
    ]


@pytest.mark.usefixtures("new_children")
def test_a_file_is_not_blamed_for_the_death_of_a_child_before_it(tmp_path):
    """A child that died while it waited is replaced without a word."""
    path = good_xlsx(tmp_path / "1.xlsx")
    reading = read_workbooks([path] * 9)
    next(reading)
    reading.gi_frame.f_locals["readers"][0]._child._process.kill()
    assert all(book.sheets[0].cells == FIVE for _, book in reading)
    (idle,) = workbook._idle[workbook.os.getpid()]
    idle._process.kill()
    idle._process.wait()
    assert read_workbook(path).sheets[0].cells == FIVE


@pytest.mark.usefixtures("new_children")
def test_very_many_files_come_in_order_from_two_children(tmp_path, monkeypatch):
    """Opening a file takes longer than what follows, so a second processor helps; a death harms one file only."""
    dying = (
        "import os; from dangvien_analysis.reading import child; answer = child._answer; "
        "child._answer = lambda path, packer: os._exit(9) if 'kill' in path.name else answer(path, packer); "
    )
    monkeypatch.setattr(workbook, "_START", workbook._START.replace("from ", dying + "from ", 1))
    monkeypatch.setattr(workbook, "_MANY", 5)
    monkeypatch.setattr(workbook.os, "cpu_count", lambda: 2)
    names = ["kill" if number == 7 else str(number) for number in range(20)]
    paths = [
        files.write_xlsx(tmp_path / f"{name}.xlsx", f'<row r="1"><c r="A1"><v>{number}</v></c></row>')
        for number, name in enumerate(names)
    ]
    read = list(read_workbooks(paths))
    assert [path for path, _ in read] == paths
    assert [book.sheets[0].cells[1, 1].n if book.sheets else None for _, book in read] == [
        None if number == 7 else number for number in range(20)
    ]
    assert len(workbook._idle[workbook.os.getpid()]) == 2


def run_limited(code: str) -> subprocess.CompletedProcess:
    """Run code in a process with the child's limits."""
    head = "from dangvien_analysis.reading import limits\n"
    root = Path(__file__).parent.parent
    return subprocess.run([sys.executable, "-c", head + code], cwd=root, capture_output=True, check=False, timeout=60)


def test_the_time_limit_ends_a_process_that_never_returns():
    """Not even a loop inside a library holds it up; the status tells it from a crash."""
    done = run_limited("import re\nwith limits.time_limit(0.2): re.match(r'(a+)+$', 'a' * 99 + 'b')")
    assert done.returncode == limits.TOO_SLOW
    done = run_limited("import time\nwith limits.time_limit(0.2): pass\ntime.sleep(0.5)")
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS knows no limit of address space")
def test_the_memory_limit_refuses_what_is_too_much():
    """Memory that is refused is an error in Python, and the process goes on."""
    too_much = "limits.limit_memory(300 << 20)\ntry: bytearray(400 << 20)\nexcept MemoryError: print('refused')\n"
    done = run_limited(too_much + "bytearray(50 << 20)")
    assert (done.returncode, done.stdout.split()) == (0, [b"refused"])


@pytest.mark.usefixtures("new_children")
def test_no_trace_of_a_cell_reaches_the_terminal(tmp_path, capfd):
    """What stands in a cell may be a name."""
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, "Nguyễn Văn Mật")
    book.save(str(tmp_path / "b.xls"))
    data = (tmp_path / "b.xls").read_bytes()
    said = []
    for position in range(0, len(data) - 4, 83):
        (tmp_path / "b.xls").write_bytes(data[:position] + b"\xff\xff\xff\xff" + data[position + 4 :])
        said += [problem.message for problem in read_workbook(tmp_path / "b.xls").problems]
    assert len(said) > 5
    assert not any("Mật" in message for message in said)
    assert capfd.readouterr() == ("", "")
