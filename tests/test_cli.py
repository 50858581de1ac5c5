"""The command line: in Vietnamese, thin, quick to start, and its exit status says how it went."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from small_collection import make_project, write_notebook, write_return

from dangvien_analysis.cli import main

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with the collection "thu" and a notebook that takes the place of the conference report."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    make_project(tmp_path)
    write_notebook(tmp_path, "conference_report", 'blocks.say(f"{len(chosen.counts)} số")')
    return tmp_path


def run(*arguments, **environment):
    """Run the command as a person does, in a process of its own; return its status and what it wrote, as bytes."""
    done = subprocess.run(
        [sys.executable, "-m", "dangvien_analysis", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def files(root):
    """Every file of a project but those of tools."""
    return sorted(path for path in root.rglob("*") if path.is_file() and "ipython" not in path.parts)


def test_help_is_vietnamese_and_names_only_what_there_is():
    """Each command is there; one that is not there yet is not announced."""
    status, out, _ = run("--help")
    text = out.decode("utf-8")
    assert status == 0
    assert "cách dùng:" in text
    for word in ("usage", "options", "positional", "show this help"):
        assert word not in text
    commands = [line.split()[0] for line in text.splitlines() if re.match(r" {4}\w", line)]
    assert commands == ["new", "form", "tally", "check", "load", "status", "report", "run"]


@pytest.mark.parametrize("command", ["new", "form", "tally", "check", "load", "status", "report", "run"])
def test_every_command_explains_itself(command, capsys):
    """Its help lists its options in Vietnamese."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    text = capsys.readouterr().out
    assert stopped.value.code == 0
    assert "TÊN" in text
    assert "usage" not in text


def test_help_does_not_wait_for_heavy_packages():
    """Pandas alone would make a person wait half a second for a line of help."""
    script = (
        "import sys\n"
        "from dangvien_analysis.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'matplotlib', 'papermill', 'typst', 'openpyxl'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_any_console_gets_utf8(root):
    """A Windows console with an old code page must not stop a report with an encoding error."""
    status, out, _ = run("load", "thu", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert status == 0
    assert "Đọc được 2/2 tệp" in out.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "thiếu LỆNH"),
        (["lod", "thu"], "không có lệnh «lod»"),
        (["load"], "thiếu TÊN"),
        (["load", "thu", "--nhanh"], "không hiểu «--nhanh»"),
        (["report", "thu", "--school"], "--school cần một giá trị đi kèm"),
    ],
    ids=["nothing", "command", "name", "option", "value"],
)
def test_a_wrong_command_line_is_told_in_vietnamese(arguments, expected, capsys):
    """What is wrong, how it is written, status 2."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    text = capsys.readouterr().err
    assert stopped.value.code == 2
    assert expected in text
    assert "cách dùng: dangvien" in text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["load", "khong-co"], "thu"),
        (["new", "thu"], "Đã có tệp"),
        (["report", "khong-co"], "thu"),
        (["report", "thu", "--notebook", "x"], "conference_report"),
        (["report", "thu", "--school", "thpt-x"], "thpt-a, thpt-b"),
        (["report", "thu", "-p", "period_from=2020"], "2022, 2023"),
        (["report", "thu", "-p", "perod_from=2022"], "period_from"),
        (["report", "thu", "-p", "period_from"], "tên=giá trị"),
        (["report", "thu", "-p", "collection=x"], "ngay sau lệnh"),
        (["report", "thu", "--format", "docx"], "html, pdf"),
        (["run", "thu", "--notebook", "conference_report", "--notebook", "x"], "conference_report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_does_not_exist_is_status_2_and_nothing_is_written(root, capsys, arguments, expected):
    """One sentence that says what is wrong and what exists."""
    before = files(root)
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert expected in told.err
    assert told.out == ""
    assert files(root) == before


@pytest.mark.parametrize("broken", ["[collection\n", "[collection]\ntitel = 1\n"], ids=["toml", "key"])
def test_an_unreadable_description_is_status_2(root, capsys, broken):
    """The file is named, and what is wrong in it."""
    (root / "data" / "raw" / "thu" / "collection.toml").write_text(broken, encoding="utf-8")
    assert main(["load", "thu"]) == 2
    assert "collection.toml" in capsys.readouterr().err
    assert not (root / "data" / "processed").exists()


def test_an_empty_folder_is_status_2(root, capsys):
    """There is nothing to load yet; the message says what to do."""
    for path in (root / "data" / "raw" / "thu").glob("*.xlsx"):
        path.unlink()
    assert main(["load", "thu"]) == 2
    assert "chép các tệp Excel" in capsys.readouterr().err


def test_load_tells_what_came_and_what_is_wrong(root, capsys):
    """Files read, how complete, each error with its place, where the result lies."""
    folder = root / "data" / "raw" / "thu"
    write_return(folder / "thpt-b.xlsx", "thpt-b", ((6, 0), ("khoảng 8", 1)))
    (folder / "hỏng.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert main(["load", "thu"]) == 0
    text = capsys.readouterr().out
    assert "Đọc được 2/3 tệp" in text
    assert "3 tệp mới nhận" in text
    assert "hỏng.xlsx: không đọc được" in text
    assert "thpt-b.xlsx: đọc được một phần" in text
    assert "thpt-b.xlsx, trang «Báo cáo»: Ô B6 " in text
    assert "counts.xlsx" in text.splitlines()[-1]
    assert (root / "data" / "processed" / "thu" / "counts.parquet").is_file()
    assert (folder / "received.csv").is_file()


def test_strict_turns_errors_into_status_1(root, capsys):
    """A schedule can be told to stop on errors; without them it goes on."""
    assert main(["load", "thu", "--strict"]) == 0
    write_return(root / "data" / "raw" / "thu" / "thpt-b.xlsx", "thpt-b", ((6, 0), ("khoảng 8", 1)))
    assert main(["load", "thu", "--strict"]) == 1
    assert main(["load", "thu"]) == 0


def test_a_long_list_of_errors_is_cut_with_the_number_left(root, capsys, monkeypatch):
    """The screen shows the first, the workbook all."""
    from dangvien_analysis import overview

    monkeypatch.setitem(overview.SHOWN, "error", 1)
    for school in ("thpt-a", "thpt-b"):
        write_return(root / "data" / "raw" / "thu" / f"{school}.xlsx", school, ((6, 0), ("khoảng 8", 1)))
    main(["load", "thu"])
    assert "… và 1 điều nữa" in capsys.readouterr().out


def test_a_register_that_cannot_be_written_is_a_warning(root, capsys):
    """Raw data on a read-only share are loaded all the same."""
    (root / "data" / "raw" / "thu" / "received.csv").mkdir()
    assert main(["load", "thu"]) == 0
    told = capsys.readouterr()
    assert "received.csv" in told.err
    assert "Đọc được 2/2 tệp" in told.out


def test_progress_in_a_log_is_plain_lines(root, capsys):
    """No carriage returns where nobody watches a terminal."""
    main(["load", "thu"])
    told = capsys.readouterr()
    assert "Đang đọc 2/2: thpt-b.xlsx" in told.err
    assert "\r" not in told.err + told.out


def test_new_makes_a_collection_and_says_what_is_next(root, capsys):
    """From last year's: the office and its schools are carried over."""
    assert main(["new", "thu-2025", "--from", "thu"]) == 0
    text = capsys.readouterr().out
    assert "dangvien load thu-2025" in text
    made = (root / "data" / "raw" / "thu-2025" / "collection.toml").read_text(encoding="utf-8")
    assert "Trường THPT B" in made


def test_new_shows_a_name_with_a_space_as_it_must_be_typed(root, capsys):
    """The lines that come next are there to be copied."""
    assert main(["new", "thu 2025", "--from", "thu"]) == 0
    text = capsys.readouterr().out
    assert 'dangvien form "thu 2025" --last thu' in text
    assert 'dangvien load "thu 2025"' in text


def test_report_ends_with_the_paths_of_what_it_made(root, capsys):
    """It loads what is not loaded yet, and its last lines can be copied into a file manager."""
    assert main(["report", "thu"]) == 0
    lines = capsys.readouterr().out.splitlines()
    folder = root / "reports" / "thu"
    ends = [folder / f"conference_report.{ending}" for ending in ("html", "pdf", "ipynb")]
    ends.append(folder / "conference_report-bieu-tong-hop.xlsx")
    assert lines[-5:] == [str(path) for path in [*ends, folder / "index.html"]]
    assert all(Path(line).is_file() for line in lines[-5:])
    assert (root / "data" / "processed" / "thu" / "meta.json").is_file()


def test_run_does_not_repeat_what_has_not_changed(root, capsys):
    """What a schedule calls every hour costs nothing until a return changes; it still says where the report is."""
    folder = root / "reports" / "thu"
    assert main(["run", "thu", "--format", "html"]) == 0
    made = (folder / "conference_report.html").stat().st_mtime_ns
    capsys.readouterr()
    assert main(["run", "thu", "--format", "html"]) == 0
    told = capsys.readouterr()
    assert (folder / "conference_report.html").stat().st_mtime_ns == made
    assert "không thay đổi" in told.out
    assert told.out.splitlines()[-1] == str(folder / "index.html")
    assert "Đang" not in told.err
    write_return(root / "data" / "raw" / "thu" / "thpt-b.xlsx", "thpt-b", ((6, 0), (9, 1)))
    assert main(["run", "thu", "--format", "html"]) == 0
    assert "1 tệp mới nhận" in capsys.readouterr().out
    assert (folder / "conference_report.html").stat().st_mtime_ns != made


def test_a_report_that_fails_is_status_1_and_the_others_are_made(root, capsys):
    """One message for the one that failed, the paths of the ones that did not."""
    write_notebook(root, "hong", "1 / 0")
    asked = ["report", "thu", "--format", "html", "--notebook", "hong", "--notebook", "conference_report"]
    assert main(asked) == 1
    told = capsys.readouterr()
    assert "Không làm được báo cáo «hong»" in told.err
    assert "Traceback" not in told.err
    assert str(root / "reports" / "thu" / "conference_report.html") in told.out.splitlines()


def test_out_and_school_choose_where_and_for_whom(root, tmp_path, capsys):
    """One school's report in a folder of its own."""
    out = tmp_path / "ra đây"
    assert main(["report", "thu", "--school", "thpt-a", "--format", "html", "--out", str(out)]) == 0
    assert "4 số" in (out / "conference_report-thpt-a.html").read_text(encoding="utf-8")
    assert not (root / "reports").exists()
