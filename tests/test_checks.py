"""Checks across cells, returns and periods: good data is quiet, one fault gives one finding."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from check_rows import COLLECTION, GOOD, SCHOOLS, codes, found, row

from dangvien_analysis import checks
from dangvien_analysis.returns import bad_cells, causes, messages
from dangvien_analysis.settings import Collection, Published, School


def test_good_data_is_quiet():
    """A check that cries wolf is soon not read."""
    assert codes(GOOD) == []


def test_a_school_that_sent_nothing_for_a_period_is_missing():
    """One finding a school names all its missing periods; a target is no report."""
    rows = [r for r in GOOD if r["school"] != "b" or r["period"] == "2022"] + [
        row("b", "2023", "admitted", 4, kind="target"),
    ]
    (missing,) = found(rows)
    assert (missing.code, missing.school) == ("missing_return", "b")
    assert "2023" in missing.message
    assert "2022" not in missing.message


def test_a_school_is_not_missing_before_it_was_founded():
    """`valid_from` and `valid_to` bound what is expected of a school."""
    young = Collection("t", Path(), "Thử", periods=("2022",), schools=(School("c", "C", valid_from=date(2023, 9, 5)),))
    assert codes([], young) == []


def test_actual_numbers_of_a_period_to_come_are_asked_about():
    """They are mostly targets whose header was lost."""
    assert codes([*GOOD, row("a", "2025", "admitted", 5)]) == ["unexpected_period"]
    assert codes([*GOOD, row("a", "2025", "admitted", 5, kind="target")]) == []


def test_a_part_above_its_whole():
    """«Trong đó: nữ» cannot be more than all; equal is possible."""
    assert codes([*GOOD, row("a", "2022", "admitted", 4, breakdown="female")]) == ["part_above_whole"]
    assert codes([*GOOD, row("a", "2022", "admitted", 3, breakdown="female")]) == []


@pytest.mark.parametrize("parts", [{"female": 2, "male": 1}, {"grade_10": 0, "grade_11": 1, "grade_12": 2}])
def test_parts_that_are_everybody_add_up(parts):
    """Women and men are all; where one is not reported nothing can be said, and above the whole is told as that."""

    def parted(**numbers: int) -> list[str]:
        rows = [row("a", "2022", "admitted", n, breakdown=part) for part, n in numbers.items()]
        return codes([*GOOD, *rows])

    last = list(parts)[-1]
    assert parted(**parts) == []
    assert parted(**{**parts, last: parts[last] - 1}) == ["parts_differ"]
    assert parted(**{part: 0 for part in parts if part != last}) == []
    assert parted(**{**parts, last: 4}) == ["part_above_whole"]


def test_more_trained_than_ever_sent():
    """Over the window of a school, not in one period: a course may end in the next year."""
    late = {("2022", "trained"): 0, ("2023", "nominated"): 0, ("2023", "trained"): 12}

    def changed(more: int) -> list[dict]:
        return [
            {**r, "n": late[r["period"], r["measure"]] + more * (r["measure"] == "trained")}
            if r["school"] == "a" and (r["period"], r["measure"]) in late
            else r
            for r in GOOD
        ]

    assert codes(changed(0)) == []
    assert codes(changed(1)) == ["stages_out_of_order"]
    unread = [r for r in changed(1) if (r["school"], r["period"], r["measure"]) != ("a", "2022", "nominated")]
    assert "stages_out_of_order" not in codes(unread)  # the number that was not read or reported has its own finding
    (finding,) = found(changed(1))
    trained = [r["cell"] for r in changed(1) if (r["school"], r["measure"]) == ("a", "trained")]
    assert finding.file
    assert finding.cell == messages.cell_list(trained)


def test_a_cohort_table_that_differs_from_the_plain_one():
    """The same people are counted in both."""
    same = row("a", "2022", "trained", 10, cohort="2022")
    assert codes([*GOOD, same]) == []
    parts = [row("a", "2022", "trained", n, cohort=f"2022/{course}") for course, n in ((1, 6), (2, 4))]
    assert codes([*GOOD, *parts]) == codes([*GOOD, same, *parts]) == []  # a year beside its courses is their whole
    differing = {**same, "n": 9, "sheet": "Khóa học", "cell": "C8"}
    assert codes([*GOOD, differing]) == ["cohort_differs"]
    plain = next(r for r in GOOD if (r["school"], r["period"], r["measure"]) == ("a", "2022", "trained"))
    (finding,) = found([*GOOD, differing])
    assert finding[4:] == (differing["file"], "Khóa học", "C8")
    assert messages.places_named(finding.message) == [
        (one["file"], one["sheet"], one["cell"]) for one in (differing, plain)
    ]


def test_published_figures_that_are_not_met():
    """The sum over all schools and exactly those periods."""
    published = (Published("student", "nominated", ("2022", "2023"), 72, "tin"),)
    collection = Collection("t", Path(), "Thử", periods=COLLECTION.periods, schools=SCHOOLS, published=published)
    assert codes(GOOD, collection) == []
    changed = [{**r, "n": 13} if r["measure"] == "nominated" and r["school"] == "a" else r for r in GOOD]
    assert codes(changed, collection) == ["published_mismatch"]
    (unknown,) = found([r for r in GOOD if r["measure"] != "nominated"], collection)
    assert "chưa báo cáo nào có số này" in unknown.message


def test_no_check_is_left_out_of_the_run():
    """Every function named check_… in the package is in CHECKS."""
    parts = Path(checks.__file__).parent.glob("*.py")
    bodies = (ast.parse(part.read_text(encoding="utf-8")).body for part in parts)
    written = [node.name for body in bodies for node in body if isinstance(node, ast.FunctionDef)]
    named = sorted(name for name in written if name.startswith("check_"))
    assert named == sorted(check.__name__ for check in checks.CHECKS)


PACKAGE = Path(checks.__file__).parents[1]


def codes_in_package() -> set[str]:
    """Return every finding code that stands in the package as a literal after its level."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    codes = set(re.findall(r'"(?:error|warning|info)",\s*"([a-z_]+)"', source)) - {"warning", "info"}
    return codes | set(causes.PLAIN) | {code for code, _ in bad_cells.SAID.values()}


def test_every_code_is_documented_and_every_documented_code_exists():
    """The list for the office is the list of what can be found."""
    page = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE))
    assert codes_in_package() - documented == set()
    assert {re.match(r"`(\w+)`", check.__doc__)[1] for check in checks.CHECKS} <= documented
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [code for code in documented if f'"{code}"' not in source] == []
