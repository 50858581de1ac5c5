"""The written assumptions: numbered without a gap, each with a place in the program that exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "assumptions.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d", line)
]


def test_assumptions_are_numbered_one_after_another():
    """A number that a report or a letter refers to must not move or vanish."""
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, len(ROWS) + 1)]
    assert all(len(row) == 4 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_assumption_names_a_place_that_exists(row):
    """A function, or a file of the project: a renamed one would leave the text behind."""
    places = re.findall(r"`([^`]+)`", row[2])
    assert places
    for place in places:
        if "/" in place:
            assert (ROOT / place).exists(), place
        else:
            module, name = place.split(".")
            assert callable(getattr(import_module(f"dangvien_analysis.{module}"), name)), place


def test_links_lead_to_files():
    """The rules with their dates are one click away."""
    targets = re.findall(r"\]\(([^)]+)\)", DOCUMENT.read_text(encoding="utf-8"))
    assert targets
    assert all((DOCUMENT.parent / target).exists() for target in targets)
