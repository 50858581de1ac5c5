"""Many reports at once: each in the index, in the order of the collection, whatever became of the others."""

import shutil
from pathlib import Path

import pytest
from small_collection import make_project, write_notebook

from dangvien_analysis import batch, report
from dangvien_analysis.cli import main
from dangvien_analysis.loading import load_returns

SAY = 'blocks.say(f"Đã đọc {len(chosen.counts)} số của {chosen.schools}.")'
DIES = 'import os\nos.kill(os.getppid(), 9) if chosen.schools == ("thpt-a",) else None'
FAILS = 'assert chosen.schools != ("thpt-a",), "hỏng rồi"'


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with the collection "thu" of two schools and a notebook "truong" made for one school."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    make_project(tmp_path)
    write_notebook(tmp_path, "truong", SAY, FAILS, each="school")
    return tmp_path


@pytest.fixture
def one_worker(monkeypatch):
    """One process makes all reports: every further one takes seconds to start, whatever it makes."""
    monkeypatch.setattr(batch.os, "cpu_count", lambda: 1)


def names(folder):
    """The files of a report folder, without the states."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_one_that_fails_stops_no_other_and_shows_its_cell(root, capsys):
    """The batch ends with status 1; the index names the school, the cell and the message, and keeps the notebook."""
    assert main(["report", "thu", "--notebook", "truong", "--format", "html"]) == 1
    told = capsys.readouterr()
    assert "Đã làm báo cáo 2/2" in told.err
    assert "Ô [5] của sổ tay" in told.err
    folder = root / "reports" / "thu"
    assert names(folder) == [
        "index.html",
        "truong-thpt-a.failed.ipynb",
        "truong-thpt-b-bieu-tong-hop.xlsx",
        "truong-thpt-b.html",
        "truong-thpt-b.ipynb",
    ]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "2 báo cáo: 1 đã làm, đủ số liệu, 1 không làm được." in page
    assert page.index("truong-thpt-a.failed.ipynb") < page.index('href="truong-thpt-b.html"')
    assert "hỏng rồi" in page
    assert "4 số" in (folder / "truong-thpt-b.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("one_worker")
def test_what_has_not_changed_is_not_made_again(root, capsys):
    """A schedule that calls `run` pays only for the schools whose numbers or program changed."""
    write_notebook(root, "truong", SAY, each="school")
    asked = ["run", "thu", "--notebook", "truong", "--format", "html"]
    assert main(asked) == 0
    made = {path: path.stat().st_mtime_ns for path in (root / "reports" / "thu").glob("truong-*")}
    assert len(made) == 6
    (root / "reports" / "thu" / "truong-thpt-b.html").unlink()
    assert main(asked) == 0
    again = {path: path.stat().st_mtime_ns for path in made}
    remade = {path.name for path in made if made[path] != again[path]}
    assert remade == {f"truong-thpt-b{ending}" for ending in (".html", ".ipynb", "-bieu-tong-hop.xlsx")}
    capsys.readouterr()
    assert main(asked) == 0
    assert "không thay đổi" in capsys.readouterr().out


@pytest.mark.usefixtures("one_worker")
def test_any_notebook_can_be_made_for_each_school(root):
    """Asked for, also where the notebook does not say so itself."""
    write_notebook(root, "nho", SAY)
    assert main(["report", "thu", "--notebook", "nho", "--format", "html", "--each-school"]) == 0
    folder = root / "reports" / "thu"
    assert {"nho-thpt-a.html", "nho-thpt-b.html"} < set(names(folder))
    assert main(["report", "thu", "--notebook", "nho", "--format", "html", "--each-school", "--school", "thpt-b"]) == 0


def test_a_report_made_in_a_batch_is_that_made_alone(root, tmp_path):
    """To the byte: which process makes it is nobody's business, nor what its kernel made before."""
    shutil.copy(Path(__file__).parent.parent / "notebooks" / "school_report.ipynb", root / "notebooks")
    returns = load_returns("thu")
    returns.save()
    alone, together = tmp_path / "một", tmp_path / "nhiều"
    for planned in report.plan_each(returns, "school_report", {}, report.FORMATS, alone):
        report.make(planned)
    assert batch.make_all(report.plan_each(returns, "school_report", {}, report.FORMATS, together), workers=1) == {}
    assert names(alone) == names(together)
    assert all((alone / name).read_bytes() == (together / name).read_bytes() for name in names(alone))


@pytest.mark.skipif("sys.platform == 'win32'", reason="ends a process the way only POSIX has")
def test_a_report_that_ends_its_process_is_one_failed_report(root):
    """Out of memory, say: the next report is made by a new process."""
    write_notebook(root, "truong", DIES, SAY)
    plans = report.plan_each(load_returns("thu"), "truong", {}, ["html"], None)
    failed = batch.make_all(plans, workers=1)
    assert failed == {"truong-thpt-a": batch.CRASHED}
    folder = root / "reports" / "thu"
    assert "truong-thpt-b.html" in names(folder)
    assert "dừng đột ngột" in (folder / "index.html").read_text(encoding="utf-8")


def test_a_report_on_missing_numbers_says_so_in_the_index(root):
    """It is made, and neither hidden nor taken for complete."""
    (root / "data" / "raw" / "thu" / "thpt-b.xlsx").unlink()
    write_notebook(root, "truong", SAY)
    report.make(report.plan(load_returns("thu"), "truong", {}, ["html"], None))
    page = (root / "reports" / "thu" / "index.html").read_text(encoding="utf-8")
    assert "1 báo cáo: 1 đã làm, có kỳ thiếu hoặc chưa hết." in page
    assert "còn thiếu Trường THPT B (2022, 2023)" in page
