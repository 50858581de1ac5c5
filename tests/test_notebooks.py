"""The notebooks themselves, by plain papermill and by the export, on the committed collections."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import nbformat
import openpyxl
import pypdf
import pytest
from papermill.cli import papermill as papermill_command
from test_sections_outlook import texts
from test_sentences_words import faults

from dangvien_analysis import execution, report
from dangvien_analysis.blocks import read_blocks
from dangvien_analysis.kernels import Kernel
from dangvien_analysis.loading import load_returns
from dangvien_analysis.store import hash_file

REPOSITORY = Path(__file__).parent.parent
EVERY = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
REPORTS = [path for path in EVERY if '"shows"' in path.read_text(encoding="utf-8")]  # the others are pages to read
NOTEBOOKS = [path for path in REPORTS if path.stem != "school_report"]  # about all schools (test_notebooks_school.py)
COMMON = ["collection", "schools", "period_from", "period_to"]
USER = "nguyen-van-a"
PUBLIC = ["02_trends", "03_conversion", "04_targets", "conference_report"]


def papermill(notebook, out, *parameters, home=REPOSITORY):
    """Run a notebook as `papermill notebook out -p name value` does on the command line, from another folder."""
    command = [sys.executable, "-m", "papermill", str(notebook), str(out), "--no-progress-bar"]
    for name, value in parameters:
        command += ["-p", name, value]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "IPYTHONDIR": str(out.parent / "ipython")}
    environment |= {"PYTHONUTF8": "1", "DANGVIEN_HOME": str(home), "USER": USER}
    if home is None:
        del environment["DANGVIEN_HOME"]
    return subprocess.run(
        command, cwd=out.parent, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


def words(blocks):
    """All texts of a report."""
    return json.dumps(blocks, ensure_ascii=False)


def of_kind(blocks, kind):
    """The blocks of one kind."""
    return [block for block in blocks if block["kind"] == kind]


@pytest.fixture(params=REPORTS, ids=lambda path: path.stem)
def notebook(request):
    """Each notebook of the project."""
    return nbformat.reads(request.param.read_text(encoding="utf-8"), as_version=4)


def test_a_committed_notebook_holds_no_results(notebook):
    """No outputs, no counters, nothing of the computer it was written on."""
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert set(cell.metadata) <= {"tags"}
    assert set(notebook.metadata) == {"dangvien", "kernelspec", "language_info"}


def test_parameters_are_literals_with_help(notebook):
    """One tagged cell; each line sets a typed literal and says in Vietnamese what it is."""
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(cells) == 1
    lines = cells[0].source.splitlines()
    assert [line.split(":")[0] for line in lines][:4] == COMMON
    for line in lines:
        assert re.fullmatch(r"\w+: \w+ = .+  # .+", line), line
        ast.literal_eval(line.split(" = ", 1)[1])


def test_reports_over_all_schools_can_be_made_public():
    """Each of these takes `public` and hands it to the check of parameters."""
    for name in PUBLIC:
        source = (REPOSITORY / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
        assert "public: bool = False" in source
        check = next(
            cell.source for cell in nbformat.reads(source, as_version=4).cells if "parameters.check" in cell.source
        )
        assert re.search(r"period_to,\s+public\b", check)


def test_a_cell_is_one_call(notebook):
    """No function, no loop, no computed figure: those live in the package, where they are tested."""
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", []):
            continue
        statements = ast.parse(cell.source).body
        kinds = {type(statement) for statement in statements}
        assert kinds <= {ast.Import, ast.ImportFrom, ast.Assign, ast.Expr}, cell.source
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
        assert len(calls) == 1, cell.source


def test_words_are_composed_vietnamese(notebook):
    """One form of every letter, or searching does not find it."""
    for cell in notebook.cells:
        assert cell.source == unicodedata.normalize("NFC", cell.source)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_help_of_the_parameters_is_shown_by_papermill(path, capsys):
    """`papermill --help-notebook` tells what may be set: every parameter, with its Vietnamese help."""
    with pytest.raises(SystemExit, match="0"):
        papermill_command.main(["--help-notebook", str(path)])
    told = " ".join(capsys.readouterr().out.split())
    cells = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4).cells
    lines = next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])).splitlines()
    for line in lines:
        assert f"{line.split(' = ')[0]} (default" in told
        assert line.partition("  # ")[2] in told


def assert_whole(blocks):
    """A letterhead, words for every chart, and nothing that a missing number left behind."""
    assert of_kind(blocks, "letterhead")
    assert all(block["alt"].strip() for block in of_kind(blocks, "figure"))
    assert "nan" not in words(blocks).lower().split()
    assert "<NA>" not in words(blocks)


# Of the sample every notebook is run below (`made`); the parts of a report are tested on each collection by themselves
# (test_sections_outlook.py).
@pytest.mark.parametrize(("collection", "told"), [("quang-tri-2024", "209"), ("hung-ha-2023", "731")])
def test_plain_papermill_runs_it_from_any_folder(tmp_path, collection, told):
    """No wrapper, no working directory; a collection with one period and no denominators is told in words."""
    path = REPOSITORY / "notebooks" / "conference_report.ipynb"
    done = papermill(path, tmp_path / "out.ipynb", ("collection", collection))
    assert done.returncode == 0, done.stderr[-2000:]
    blocks = read_blocks(tmp_path / "out.ipynb")
    assert_whole(blocks)
    assert told in words(blocks)


def test_a_plain_run_keeps_what_its_numbers_came_from(tmp_path):
    """Without any wrapper: each input's hash, the program's version, its parameters; no path and no user.

    Nor is it told where the project is, and no data lie above this folder: it is the one of the installed program.
    """
    folder = REPOSITORY / "data" / "raw" / "quang-tri-2024"
    asked = (("collection", folder.name), ("period_to", "2024-H1"))
    done = papermill(NOTEBOOKS[0], tmp_path / "out.ipynb", *asked, home=None)
    assert done.returncode == 0, done.stderr[-2000:]
    (trace,) = execution.traces(tmp_path / "out.ipynb")
    assert trace["inputs"]["hoc-sinh-duoc-ket-nap.xlsx"] == hash_file(folder / "hoc-sinh-duoc-ket-nap.xlsx")
    assert trace["version"]
    assert trace["parameters"]["collection"] == "quang-tri-2024"
    assert trace["parameters"]["period_to"] == "2024-H1"
    text = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    for told in (str(REPOSITORY), str(tmp_path), str(Path.home()) + os.sep, USER):
        assert told not in text


def test_a_wrong_parameter_stops_plain_papermill(tmp_path):
    """An error that lists what exists, where papermill itself would make the report from defaults."""
    done = papermill(NOTEBOOKS[0], tmp_path / "out.ipynb", ("period_from", "2022_23"))  # which it takes for a number
    assert done.returncode != 0
    for part in ("SettingsError", "202223", "2021, 2022, 2023, 2024"):
        assert part in done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the sample that a test may change."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(REPOSITORY / "data" / "raw" / "sample", root / "data" / "raw" / "sample")
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANGVIEN_HOME", str(root))
        patch.setenv("PYTHONPATH", str(REPOSITORY))
        patch.setenv("IPYTHONDIR", str(root / "ipython"))
        yield root


@pytest.fixture(scope="module")
def kernel(project):
    """One for all reports of the sample, as in a batch."""
    kernel = Kernel()
    yield kernel
    kernel.end()


def export(kernel, collection, notebook, formats=("html",), **values):
    """Make a report; return its files by their ending."""
    planned = report.plan(load_returns(collection), notebook, values, formats, None)
    report.export(planned, kernel)
    return {path.suffix: path for path in planned.files()[:-1]}


@pytest.fixture(scope="module", params=[path.stem for path in NOTEBOOKS])
def made(request, project, kernel):
    """Each report of the sample: its name, its blocks, its HTML."""
    formats = report.FORMATS if request.param == "conference_report" else ["html"]
    files = export(kernel, "sample", request.param, formats)
    return request.param, read_blocks(files[".ipynb"]), files[".html"].read_text(encoding="utf-8")


def published_rows(blocks):
    """The rows of the table that sets the returns beside what was published."""
    table = next(block for block in of_kind(blocks, "table") if block["caption"] == "Đối chiếu số liệu đã công bố")
    return [row["cells"] for row in table["rows"]]


def test_every_report_is_whole(made):
    """Nothing of it is lost on the way, whichever notebook it is."""
    _, blocks, _ = made
    assert_whole(blocks)


def test_pupils_and_staff_stand_apart_and_invented_figures_say_so(made):
    """No figure adds the two groups; every page of an illustrative collection says what it is."""
    _, blocks, page = made
    text = words(blocks)
    assert "237" not in re.findall(r"\d+", text)
    assert "194" in text
    assert "SỐ LIỆU MINH HỌA" in page
    assert "Số liệu và cách tính" in [block["text"] for block in of_kind(blocks, "heading")]


def test_no_report_uses_a_word_that_is_never_used(made):
    """Over everything a reader of the report sees: hand-written words, sentences, tables, alternative texts."""
    _, blocks, _ = made
    for text in texts(blocks):
        if text.strip() and not text.endswith(".xlsx"):
            assert not faults(text.replace("Dấu … : ", "")), text


@pytest.mark.parametrize("made", ["conference_report"], indirect=True)
def test_page_one_of_the_conference_report_stands_alone(made):
    """Before the first page break: complete or not, how many, of which target, what became of the others."""
    _, blocks, _ = made
    end = next(place for place, block in enumerate(blocks) if block["kind"] == "page_break")
    page = words(blocks[:end])
    assert "đủ 4/4 trường, 16/16 kỳ" in page
    assert "25/159 em, bằng 15,7%" in page
    assert "Chỉ tiêu kết nạp học sinh: năm 2023 đạt 11/15" in page
    assert "Năm 2023: trường nào cũng kết nạp được đảng viên." in page
    assert "các trường nêu lý do chính của 96 em: 68 em chưa đủ 18 tuổi" in page
    assert "cần hỗ trợ hồ sơ: THPT B (còn 2 chỉ tiêu, 8 em đủ 18 tuổi, mới có 1 hồ sơ) và THPT D" in page
    assert "kết nạp thêm từ 3 đến 16 em (khoảng dự báo 90%)" in page
    assert "phương án 2: bổ sung 8 (THPT A 3, THPT B 2, THPT C 2, THPT D 1), cần thêm 15 em" in page
    assert "Việc cần làm" in page
    assert [block["text"][:2] for block in of_kind(blocks[:end], "heading")] == ["1.", "2.", "3.", "4."]
    assert len(of_kind(blocks[:end], "table")) == 1
    assert not of_kind(blocks[:end], "figure")


@pytest.mark.parametrize("made", ["conference_report"], indirect=True)
@pytest.mark.usefixtures("made")
def test_page_one_is_one_page_on_paper(project):
    """Type shrinks, within reason, until what stands before the first page break is one page."""
    reader = pypdf.PdfReader(project / "reports" / "sample" / "conference_report.pdf")
    first, second = (page.extract_text() for page in reader.pages[:2])
    assert "Việc cần làm" in first
    assert "Từ đây là số liệu chi tiết" in second


@pytest.mark.parametrize("made", ["02_trends", "conference_report"], indirect=True)
def test_the_published_figures_are_met(made):
    """The report's own table says that 194 and 43 are met, and so does its first paragraph."""
    _, blocks, _ = made
    assert [row[2:5] for row in published_rows(blocks)] == [["194", "194", "khớp"], ["43", "43", "khớp"]]
    assert "Khớp số đã công bố: 194 và 43." in words(blocks)


def test_one_changed_cell_is_told_as_not_met(project, kernel):
    """One more person in one cell of one workbook, and the report says by how many the sum is off."""
    shutil.copytree(project / "data" / "raw" / "sample", project / "data" / "raw" / "changed")
    counts = load_returns("changed").counts
    sent = counts.query("measure == 'nominated' and kind == 'actual' and group == 'student' and breakdown == 'total'")
    cell = sent[sent["cohort"].isna()].iloc[0]
    path = project / "data" / "raw" / "changed" / cell["file"]
    book = openpyxl.load_workbook(path)
    book[cell["sheet"]][cell["cell"]] = int(cell["n"]) + 1
    book.save(path)
    blocks = read_blocks(export(kernel, "changed", "02_trends")[".ipynb"])
    assert published_rows(blocks)[0][2:5] == ["194", "195", "KHÔNG KHỚP, lệch 1"]
    assert "Không khớp số đã công bố" in words(blocks)


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("01_data_quality", {"colection": "sample"}, ["«colection»", "collection, schools, period_from, period_to"]),
        ("01_data_quality", {"schools": "thpt-x"}, ["«thpt-x»", "thpt-a, thpt-b, thpt-c, thpt-d"]),
        ("01_data_quality", {"collection": "khong-co"}, ["«khong-co»", "sample"]),
        ("04_targets", {"weights": "rank"}, ["«rank»", "waiting", "expected", "eligible", "even"]),
        ("04_targets", {"total": "nhiều"}, ["total", "«nhiều»"]),
    ],
    ids=["name", "school", "collection", "weights", "total"],
)
def test_a_wrong_parameter_stops_the_notebook_itself(tmp_path, kernel, name, parameters, expected):
    """Checked before anything is computed, whoever runs it; the message lists what exists."""
    notebook = REPOSITORY / "notebooks" / f"{name}.ipynb"
    with pytest.raises(execution.NotebookError) as caught:
        execution.execute(notebook, tmp_path / "out.ipynb", parameters, {}, kernel)
    assert caught.value.cell
    for part in expected:
        assert part in str(caught.value)


def test_options_are_set_from_outside(project, kernel):
    """A total for staff is shared out beside the pupils' own; the office's options hold where none is given."""
    values = {"total_staff": "5, 3", "weights": "waiting", "minimum": 1}
    text = words(read_blocks(export(kernel, "sample", "04_targets", **values)[".ipynb"]))
    assert "Phương án 1: bổ sung 5" in text
    assert "Phương án 2: bổ sung 8" in text
    assert "Căn cứ chia: số người đã học, chưa kết nạp, còn trong nguồn" in text
    assert "bổ sung 3: Tổng chỉ tiêu 3 không chia được: tổng các mức tối thiểu đã là 4." in text
