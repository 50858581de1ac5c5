"""Plain papermill notes no path of a notebook of ours, whatever it was told."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from papermill.exceptions import PapermillExecutionError
from papermill.execute import execute_notebook

PARAMETERS = 'collection = "sample"  # bộ số liệu'


@pytest.fixture
def make(tmp_path):
    """Write a notebook with one parameter that then runs a line of code; ours unless told otherwise."""

    def write(code="collection", **metadata):
        cells = [nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
        cells.append(nbformat.v4.new_code_cell(code))
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel | (metadata or {"dangvien": {}}))
        nbformat.write(notebook, tmp_path / "in.ipynb")
        return tmp_path / "in.ipynb"

    return write


def run(path, **options):
    """Run a notebook as a scheduler does, by absolute names, and return what it then says."""
    out = path.with_name("out.ipynb")
    execute_notebook(path, out, {"collection": str(path.parent)}, progress_bar=False, **options)
    return out.read_text(encoding="utf-8")


def test_absolute_names_leave_no_folder_in_the_executed_notebook(make):
    """Papermill's notes, the cell that sets the parameters and what was printed keep names without folders."""
    path = make("print(collection)")
    said = run(path)
    assert str(path.parent) not in said
    notes = json.loads(said)["metadata"]["papermill"]
    assert (notes["input_path"], notes["output_path"]) == ("in.ipynb", "out.ipynb")
    assert notes["parameters"] == {"collection": path.parent.name}
    assert f"collection = '{path.parent.name}'" in said


def test_the_cells_still_get_the_folder_that_was_given(make):
    """What is forgotten afterwards was there while the notebook ran."""
    path = make("import pathlib; pathlib.Path(collection, 'seen').write_text('x')")
    run(path)
    assert (path.parent / "seen").is_file()


def test_a_notebook_that_failed_names_no_folder_either(make):
    """Papermill writes the notebook as far as it came, with the error and what led to it."""
    path = make("open(collection + '/none')")
    with pytest.raises(PapermillExecutionError):
        run(path)
    said = path.with_name("out.ipynb").read_text(encoding="utf-8")
    assert "FileNotFoundError" in said
    assert str(path.parent) not in said


@pytest.mark.parametrize(("metadata", "options"), [({"own": 1}, {}), ({}, {"engine_name": "nbclient"})])
def test_notebooks_of_others_and_papermill_s_own_engine_are_as_ever(make, metadata, options):
    """The engine keeps out of what is not this package's; and whoever asks for papermill's own way gets it."""
    path = make(**metadata)
    assert json.loads(run(path, **options))["metadata"]["papermill"]["input_path"] == str(path)


@pytest.mark.parametrize("first", ["dangvien_analysis.papermill_engine", "dangvien_analysis.kernels", "papermill"])
def test_whichever_is_loaded_first_the_engine_is_there(first):
    """Papermill asks for the engine while the engine asks for papermill."""
    code = f"import {first}; from papermill.engines import papermill_engines as e; print(e.get_engine(None).__name__)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Discreet"]
