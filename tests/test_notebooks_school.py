"""The report of one school, the pages that lead to the notebooks, and the example of a question of one's own."""

import json
import re
import shutil
import unicodedata
from pathlib import Path

import nbformat
import pypdf
import pytest
from test_notebooks import EVERY, REPORTS, export, papermill

from dangvien_analysis import execution, report
from dangvien_analysis.blocks import read_blocks
from dangvien_analysis.kernels import Kernel

REPOSITORY = Path(__file__).parent.parent
PAGES = [path for path in EVERY if path not in REPORTS]
OWN = {"thpt-a": "9/50", "thpt-b": "7/43", "thpt-c": "7/38", "thpt-d": "2/28"}  # pupils admitted of those trained


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the sample in a project of its own."""
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
    """One for all reports, as in a batch."""
    kernel = Kernel()
    yield kernel
    kernel.end()


@pytest.mark.parametrize("school", OWN)
def test_a_school_report_has_two_pages_and_no_other_schools_figures(kernel, school):
    """Its own numbers and the common one; of another school neither its name, its files nor its share."""
    files = export(kernel, "sample", "school_report", report.FORMATS, schools=school)
    assert len(pypdf.PdfReader(files[".pdf"]).pages) == 2
    text = json.dumps(read_blocks(files[".ipynb"]), ensure_ascii=False)
    assert OWN[school] in text
    assert "25/159 (15,7%)" in text
    assert "không dùng để xếp hạng" in text
    for other, share in OWN.items():
        if other != school:
            assert f"Trường THPT {other[-1].upper()}" not in text
            assert share not in text
            assert f"{other}.xlsx" not in text


def test_without_a_school_the_first_is_taken_and_of_several_none(kernel, tmp_path):
    """It opens on the sample as it is; a list of schools is an error that says what to do."""
    notebook = next(path for path in REPORTS if path.stem == "school_report")
    execution.execute(notebook, tmp_path / "out.ipynb", {}, {}, kernel)
    assert "Trường THPT A" in json.dumps(read_blocks(tmp_path / "out.ipynb"), ensure_ascii=False)
    with pytest.raises(execution.NotebookError, match="hãy chọn một mã"):
        execution.execute(notebook, tmp_path / "more.ipynb", {"schools": "thpt-a,thpt-b"}, {}, kernel)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_pages_are_clean_composed_and_lead_somewhere(page):
    """No results are committed, letters have one form, and every link opens a notebook that exists."""
    notebook = nbformat.reads(page.read_text(encoding="utf-8"), as_version=4)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.source == unicodedata.normalize("NFC", cell.source)
        for target in re.findall(r"\]\(([^)]+)\)", cell.source):
            assert (page.parent / target).is_file(), target


def test_the_start_page_leads_to_every_notebook_and_needs_no_kernel():
    """It is there to be read: nothing on it has to be run first."""
    start = nbformat.reads((REPOSITORY / "notebooks" / "start.ipynb").read_text(encoding="utf-8"), as_version=4)
    text = "".join(cell.source for cell in start.cells)
    assert all(f"({path.name})" in text for path in EVERY if path.stem != "start")
    assert {cell.cell_type for cell in start.cells} == {"markdown"}
    assert "notebooks/start.ipynb" in (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def test_a_question_of_ones_own_takes_ten_lines(tmp_path):
    """Women among those admitted, by school: who did not tell them apart is not said to have admitted none."""
    page = REPOSITORY / "notebooks" / "example_own_question.ipynb"
    code = [cell.source for cell in nbformat.read(page, as_version=4).cells if cell.cell_type == "code"]
    assert sum(bool(line.strip()) for source in code for line in source.splitlines()) <= 11  # two of them import
    done = papermill(page, tmp_path / "out.ipynb")
    assert done.returncode == 0, done.stderr[-2000:]
    outputs = [
        output
        for cell in nbformat.read(tmp_path / "out.ipynb", as_version=4).cells
        for output in cell.get("outputs", [])
    ]
    lines = outputs[-1]["data"]["text/plain"].splitlines()
    assert [line.split()[-1] for line in lines if "thpt-a" in line] == ["4/6", "6/9"]
    assert sum("chưa báo cáo" in line for line in lines) == 6
