"""Parameters of a notebook: whatever a runner sends, a wrong value is one sentence that lists what exists."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_collection import make_project

from dangvien_analysis.parameters import check, flag, read_defaults
from dangvien_analysis.settings import SettingsError


@pytest.fixture(autouse=True)
def _project(tmp_path, monkeypatch):
    """A project with the collection "thu": thpt-a and thpt-b, 2022 and 2023."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    make_project(tmp_path)


@pytest.mark.parametrize("empty", ["", None, [], "  "], ids=["empty", "none", "list", "blank"])
def test_an_empty_parameter_is_everything(empty):
    """Empty, missing or blank: all schools, all periods."""
    chosen = check("thu", empty, empty, empty)
    assert chosen.schools == ("thpt-a", "thpt-b")
    assert chosen.periods == ("2022", "2023")
    assert len(chosen.counts) == 8


@pytest.mark.parametrize("schools", ["thpt-b", "THPT-B", " thpt-b ,", ["thpt-b"], ("thpt-b",)], ids=str)
def test_schools_come_as_text_or_as_a_list(schools):
    """A text with commas by hand, a list from a scheduler that keeps types."""
    chosen = check("thu", schools)
    assert set(chosen.counts["school"]) == {"thpt-b"}
    assert [school.id for school in chosen.collection.schools] == ["thpt-b"]
    assert set(chosen.returns.counts["school"]) == {"thpt-a", "thpt-b"}


@pytest.mark.parametrize("year", ["2023", 2023], ids=["text", "number"])
def test_a_year_comes_as_text_or_as_a_number(year):
    """Papermill makes a number of every `-p period_from 2023`."""
    chosen = check("thu", "", year, year)
    assert chosen.periods == chosen.collection.periods == ("2023",)
    assert set(chosen.counts["period"]) == {"2023"}


def test_schools_stand_in_the_order_of_the_collection():
    """Never in the order asked for, which might be somebody's ranking."""
    assert check("thu", "thpt-b,thpt-a").schools == ("thpt-a", "thpt-b")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"collection": "thử"}, "thu"),
        ({"schools": "thpt-x"}, "thpt-a, thpt-b"),
        ({"schools": 7}, "thpt-a, thpt-b"),
        ({"schools": True}, "dấu nháy"),
        ({"schools": {"a": 1}}, "dấu nháy"),
        ({"period_from": "2021"}, "2022, 2023"),
        ({"period_from": 202223}, "dấu nháy"),
        ({"period_to": 2022 - 2023}, "dấu nháy"),
        ({"period_to": 2023.5}, "dấu nháy"),
        ({"period_from": "2023", "period_to": "2022"}, "đổi chỗ"),
    ],
)
def test_a_wrong_value_is_one_sentence_with_what_exists(values, expected):
    """Unknown, misread by the runner, of a wrong type, or the wrong way round."""
    with pytest.raises(SettingsError) as caught:
        check(**{"collection": "thu"} | values)
    message = str(caught.value)
    assert expected in message
    assert message.endswith(".")
    assert "\n" not in message


def test_a_long_list_is_cut():
    """Of three thousand schools a message names some, and says how many more there are."""
    from dangvien_analysis.parameters import _listed

    assert _listed(map(str, range(30))).endswith("18, 19 và 10 mục nữa")


SESSION = """
import json, os, sys
from IPython.core.interactiveshell import InteractiveShell
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what cells print is no answer
shell = InteractiveShell.instance()
for line in sys.stdin:
    shell.reset(new_session=True)
    os.environ["DANGVIEN_HOME"], *cells = json.loads(line)
    errors = [shell.run_cell(cell, store_history=True).error_in_exec for cell in cells]
    print(json.dumps([f"{type(error).__name__} {error}" for error in errors]), file=answers, flush=True)
"""


@pytest.fixture(scope="module")
def run_cells():
    """Run cells in a real IPython session, as a kernel does, anew each time; return what error each came to."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "utf-8"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "encoding": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", SESSION], env=environment, **pipes) as session:

        def run(*cells):
            session.stdin.write(json.dumps([os.environ["DANGVIEN_HOME"], *cells]) + "\n")
            session.stdin.flush()
            return json.loads(session.stdout.readline())

        yield run


DEFAULTS = 'collection = "thu"  # bộ số liệu\nschools = ""\nperiod_from = ""\nperiod_to = ""'
SETUP = (
    "from dangvien_analysis import parameters\nchosen = parameters.check(collection, schools, period_from, period_to)"
)


@pytest.mark.parametrize(
    "injected",
    [
        '# Parameters\nschols = "thpt-a"',  # papermill
        'schols = "thpt-a"\nperiod_to = "2023"',  # JupyterLab's scheduler
        'schools: str = "thpt-a"\nschols: str = ""',
    ],
)
def test_a_misspelt_name_is_an_error_in_the_notebook_itself(run_cells, injected):
    """Papermill only logs it, and the report would be made from defaults."""
    last = run_cells(DEFAULTS, injected, SETUP)[-1]
    assert last.startswith("SettingsError")
    assert "«schols»" in last
    assert "collection, schools, period_from, period_to" in last


@pytest.mark.parametrize(
    ("injected", "expected"),
    [
        ("period_from = 2022-2023", "period_from: không có kỳ «-1»"),  # JupyterLab's scheduler pastes what was typed
        ("period_from = 2022_23", "không có kỳ «202223»"),
        ("schools = 7", "Không có trường «7»"),  # papermill made a number of 007
        ("schools = thpt_a", "NameError"),
        ("period_from = 2022.5", "phải là chữ đặt trong dấu nháy"),
        ("public = True", "Sổ tay này không làm được bản công bố"),
    ],
)
def test_what_a_runner_makes_of_a_value_is_told_in_words(run_cells, injected, expected):
    """The types that papermill, JupyterLab's scheduler or Airflow turn a value into, never a wrong report."""
    assert any(expected in line for line in run_cells(DEFAULTS, injected, SETUP))


@pytest.mark.parametrize(
    ("given", "expected"),
    [(True, True), ("True", True), ("true", True), (1, True), ("", False), (None, False), ("False", False), (0, False)],
    ids=repr,
)
def test_a_yes_or_no_comes_as_anything(given, expected):
    """`-p public true` is a text to papermill, and a text is no yes by itself."""
    assert flag("public", given) is expected


@pytest.mark.parametrize("given", ["yes", 2, 0.5, "maybe"], ids=repr)
def test_a_yes_or_no_that_is_neither_is_refused(given):
    """A wrong guess here would publish what must be masked."""
    with pytest.raises(SettingsError, match="True hoặc False"):
        flag("public", given)


def test_what_an_analyst_tries_later_is_no_parameter(run_cells):
    """Cells run after the set-up may set any name, and the set-up may be run again."""
    assert run_cells(DEFAULTS, SETUP, "n = 5", SETUP)[-1] == "NoneType None"


def test_defaults_are_read_without_running_the_cell():
    """Names, values and comments of a parameters cell; annotations are allowed."""
    assert read_defaults('a = "x"  # chữ\nb: int = 3\n') == {"a": "x", "b": 3}
