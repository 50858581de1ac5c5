"""Reports: run by papermill, exported whole or not at all, listed on one page, without a trace of who made them."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest
from small_collection import make_project, write_notebook

from dangvien_analysis import index, report
from dangvien_analysis.execution import NotebookError, find_notebook, fit_parameters, read_parameters
from dangvien_analysis.kernels import Kernel
from dangvien_analysis.loading import load_returns
from dangvien_analysis.report import make, plan, run_report
from dangvien_analysis.settings import SettingsError

SAY = 'blocks.say(f"Đã đọc {len(chosen.counts)} số của {chosen.schools}.")'
TABLE = 'blocks.table(chosen.counts[["school", "n"]], "Bảng thử")'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """One folder for the project of every test, so that one kernel can make the reports of them all."""
    folder, kernel = tmp_path_factory.mktemp("project"), Kernel()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANGVIEN_HOME", str(folder))
        patch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setattr(report, "export", partial(report.export, kernel=kernel))
        yield folder
    kernel.end()


@pytest.fixture
def root(place):
    """A project with the collection "thu" and a notebook "nho" of one sentence and one table."""
    for folder in place.iterdir():
        shutil.rmtree(folder)
    make_project(place)
    write_notebook(place, "nho", SAY, TABLE, shows={"table": 1})
    return place


def names(folder):
    """The files of a report folder, without the states."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def cells(notebook):
    """The sources of a notebook's cells."""
    return ["".join(cell["source"]) for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]]


def state(root, stem="nho"):
    """What is kept about a report."""
    return json.loads((root / "reports" / "thu" / ".state" / f"{stem}.json").read_text(encoding="utf-8"))


def test_a_report_is_html_pdf_and_the_executed_notebook(root):
    """With an index page over it; both exports hold the notebook's words."""
    made = run_report("thu", "nho")
    assert [path.name for path in made] == ["nho.html", "nho.pdf", "nho.ipynb", "nho-bieu-tong-hop.xlsx", "index.html"]
    assert all(path.parent == root / "reports" / "thu" for path in made)
    assert "Đã đọc 8 số" in made[0].read_text(encoding="utf-8")
    assert made[1].read_bytes().startswith(b"%PDF")
    assert "Bộ thử" in made[-1].read_text(encoding="utf-8")
    assert names(made[0].parent) == ["index.html", "nho-bieu-tong-hop.xlsx", "nho.html", "nho.ipynb", "nho.pdf"]


def test_only_the_formats_asked_for_are_there(root, tmp_path):
    """An older PDF beside new HTML would pass for the same numbers, so it goes."""
    run_report("thu", "nho", out=tmp_path / "ra")
    made = run_report("thu", "nho", formats=["html"], out=tmp_path / "ra")
    assert [path.name for path in made] == ["nho.html", "nho.ipynb", "nho-bieu-tong-hop.xlsx", "index.html"]
    assert names(tmp_path / "ra") == ["index.html", "nho-bieu-tong-hop.xlsx", "nho.html", "nho.ipynb"]


def test_a_report_for_one_school_has_its_own_name(root):
    """Reports of several schools do not overwrite each other, and stand after the common one, as the schools do."""
    for values in ({"schools": "thpt-b"}, {"schools": "thpt-a"}, {}):
        made = run_report("thu", "nho", values, ["html"])
    assert "Đã đọc 4 số của (&#39;thpt-a&#39;,)" in (made[0].parent / "nho-thpt-a.html").read_text(encoding="utf-8")
    page = made[-1].read_text(encoding="utf-8")
    places = [page.index(f'href="{name}.html"') for name in ("nho", "nho-thpt-a", "nho-thpt-b")]
    assert places == sorted(places)


def test_the_executed_notebook_tells_no_user_no_path_and_no_time(root):
    """It may be handed on: parameters, version and a hash of the inputs, nothing about whose computer made it."""
    made = run_report("thu", "nho", formats=["html"])
    text = (made[1]).read_text(encoding="utf-8")
    for secret in (str(root), str(Path.home()), str(Path(__file__).parent.parent)):
        assert secret not in text
    notebook = json.loads(text)
    assert set(notebook["metadata"]["dangvien"]) == {"inputs", "parameters", "shows", "source", "version"}
    assert "papermill" not in notebook["metadata"]
    assert not any({"papermill", "execution"} & set(cell["metadata"]) for cell in notebook["cells"])
    assert "collection = 'thu'" in cells(made[1])[1]


def test_the_same_report_again_is_the_same_bytes(root):
    """No clock, no order of chance."""
    first = {path.name: path.read_bytes() for path in run_report("thu", "nho")}
    assert {path.name: path.read_bytes() for path in run_report("thu", "nho")} == first


def test_a_collection_given_by_its_folder_leaves_no_path(root, tmp_path):
    """Returns may lie on a server; the report names the folder only."""
    folder = make_project(tmp_path / "máy chủ", "phieu")
    made = run_report(folder, "nho", formats=["html"], out=tmp_path / "ra")
    assert "máy chủ" not in made[1].read_text(encoding="utf-8")
    assert "collection = 'phieu'" in cells(made[1])[1]


def test_a_notebook_that_fails_is_kept_and_never_exported(root):
    """The message names the cell and its error in words; what was made before stays, the index says both."""
    run_report("thu", "nho")
    old = (root / "reports" / "thu" / "nho.html").read_bytes()
    write_notebook(root, "nho", SAY, "1 / 0", TABLE)
    with pytest.raises(NotebookError) as caught:
        run_report("thu", "nho")
    message = str(caught.value)
    assert "Ô [5] của sổ tay («1 / 0») dừng vì lỗi ZeroDivisionError" in message
    assert caught.value.cell == 5
    folder = root / "reports" / "thu"
    assert names(folder) == [
        "index.html",
        "nho-bieu-tong-hop.xlsx",
        "nho.failed.ipynb",
        "nho.html",
        "nho.ipynb",
        "nho.pdf",
    ]
    assert (folder / "nho.html").read_bytes() == old
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Không làm được" in page
    assert "ZeroDivisionError" in page
    assert 'href="nho.failed.ipynb"' in page
    kept = (folder / "nho.failed.ipynb").read_text(encoding="utf-8")
    assert "papermill-error-cell-tag" not in kept
    assert str(Path.home()) + "/" not in kept
    assert state(root)["state"] == "failed"
    write_notebook(root, "nho", SAY)
    run_report("thu", "nho")
    assert names(folder) == ["index.html", "nho-bieu-tong-hop.xlsx", "nho.html", "nho.ipynb", "nho.pdf"]
    assert state(root)["state"] == "made"


def test_a_missing_kernel_is_one_sentence(root):
    """An installation that lacks something says so; nothing half-made stays."""
    path = write_notebook(root, "nho", SAY)
    path.write_text(path.read_text(encoding="utf-8").replace('"python3"', '"khong-co"'), encoding="utf-8")
    with pytest.raises(NotebookError, match="«khong-co»"):
        run_report("thu", "nho")
    assert names(root / "reports" / "thu") == ["index.html"]


def test_a_lost_chart_is_an_error(root):
    """A cell that shows nothing is no error to papermill; the notebook says how many charts and tables it has."""
    write_notebook(root, "nho", SAY, TABLE, shows={"table": 1, "figure": 2})
    with pytest.raises(NotebookError, match="2 biểu đồ nhưng lần chạy này cho 0"):
        run_report("thu", "nho")
    assert names(root / "reports" / "thu") == ["index.html", "nho.failed.ipynb"]


def test_words_may_stand_in_for_a_chart(root):
    """Where the data hold nothing to draw, a block that says so counts as the chart."""
    stand_in = 'from dangvien_analysis.sections.section import instead_of\ninstead_of(["figure"] * 2, "Không có.")'
    write_notebook(root, "nho", stand_in, TABLE, shows={"table": 1, "figure": 2})
    assert run_report("thu", "nho", formats=["html"])


def test_a_warning_on_the_way_is_no_error(root):
    """What a library prints is neither exported nor a failure, and shows no path."""
    write_notebook(root, "nho", f'import warnings\nwarnings.warn("cũ: {root}")', SAY)
    made = run_report("thu", "nho", formats=["html"])
    assert "cũ:" not in made[0].read_text(encoding="utf-8")
    printed = made[1].read_text(encoding="utf-8")
    assert "cũ: …" in printed
    assert str(root) not in "".join(json.loads(printed)["cells"][3]["outputs"][0]["text"])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"notebook": "không có"}, "các sổ tay có: nho"),
        ({"values": {"schols": "thpt-a"}}, "collection, schools, period_from, period_to"),
        ({"values": {"schools": "thpt-x"}}, "thpt-a, thpt-b"),
        ({"values": {"period_to": "2020"}}, "2022, 2023"),
        ({"formats": ["docx"]}, "html, pdf"),
    ],
    ids=["notebook", "parameter", "school", "period", "format"],
)
def test_what_does_not_exist_is_told_before_anything_is_written(root, asked, expected):
    """One sentence with what exists; no folder, no file."""
    before = sorted(root.rglob("*"))
    with pytest.raises(SettingsError, match=expected):
        run_report("thu", **{"notebook": "nho"} | asked)
    assert sorted(root.rglob("*")) == before


def planned(root, **changes):
    """A report of the collection as it lies there now."""
    asked = {"notebook": "nho", "values": {}, "formats": ["html"], "out": None} | changes
    return plan(load_returns("thu"), **asked)


def test_a_report_is_made_until_something_it_depends_on_changes(root, monkeypatch):
    """Inputs, program, notebook, parameters, formats; and the files must still be there."""
    make(planned(root))
    assert planned(root).is_made()
    assert not planned(root, values={"period_to": "2022"}).is_made()
    assert not planned(root, formats=["html", "pdf"]).is_made()
    for name in ("data/raw/thu/thpt-b.xlsx", "data/raw/thu/collection.toml", "notebooks/nho.ipynb"):
        kept = (root / name).read_bytes()
        (root / name).write_bytes(kept + b"\n")
        assert not planned(root).is_made(), name
        (root / name).write_bytes(kept)
    assert planned(root).is_made()
    monkeypatch.setattr(report.store, "package_hash", lambda: "another")
    assert not planned(root).is_made()
    monkeypatch.undo()
    monkeypatch.setenv("DANGVIEN_HOME", str(root))
    (root / "reports" / "thu" / "nho.html").unlink()
    assert not planned(root).is_made()


def test_a_state_of_another_version_is_as_none(root):
    """An unreadable state makes the report again; it never stops the index page."""
    folder = root / "reports" / "thu"
    (folder / ".state").mkdir(parents=True)
    (folder / ".state" / "nho.json").write_text('{"strange": 1}', encoding="utf-8")
    assert not planned(root).is_made()
    index.write_page(folder, load_returns("thu").collection)


def test_text_from_outside_stays_text_on_the_index_page(root, tmp_path):
    """A title can hold anything a school typed; it never becomes markup."""
    entry = index.Entry("y", "nho", "k", state="failed", title='x"><script>', message="<b>hỏng</b>")
    index.record(tmp_path, entry)
    page = index.write_page(tmp_path, load_returns("thu").collection).read_text(encoding="utf-8")
    assert "<b>" not in page
    assert "<script>" not in page
    assert "&lt;b&gt;hỏng" in page


def test_a_file_open_elsewhere_is_one_sentence(root, monkeypatch):
    """Windows refuses to replace a PDF that a reader has open."""
    replace = Path.replace

    def refuse(self, target):
        if Path(target).name == "nho.html":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotebookError, match="đóng tệp"):
        make(planned(root))


def test_parameters_are_read_with_their_types(root):
    """A text stays a text even where it looks like a number; a number parameter takes numbers only."""
    path = write_notebook(root, "so")
    text = path.read_text(encoding="utf-8").replace('period_to = \\"\\"', "total = 4  # tổng")
    path.write_text(text, encoding="utf-8")
    assert read_parameters(path) == {"collection": "thu", "schools": "", "period_from": "", "total": 4}
    given = {"period_from": "2022-2023", "total": "12"}
    assert fit_parameters(given, path) == {"period_from": "2022-2023", "total": 12}
    with pytest.raises(SettingsError, match="total"):
        fit_parameters({"total": "nhiều"}, path)


def test_a_notebook_is_found_by_name_or_by_path(root):
    """With or without its ending, or wherever it lies."""
    path = root / "notebooks" / "nho.ipynb"
    assert {find_notebook("nho"), find_notebook("nho.ipynb"), find_notebook(str(path))} == {path}
