"""What a committee wants to try out: checked before anything is computed, whichever runner sent it."""

from pathlib import Path

import pytest

from dangvien_analysis import proposal
from dangvien_analysis.settings import Collection, SettingsError

OFFICE = Collection(id="x", folder=Path("x"), title="X", proposal={"student": (4, 8)})


@pytest.mark.parametrize("typed", ["4, 8", "4;8", " 4,8 ", [4, 8], (4, 8), "4,8,4,0"])
def test_totals_are_read_as_any_runner_sends_them(typed):
    """A list, or words with commas; each option once, and 0 is no option: it is what was given already."""
    assert proposal.read({"total": typed}, OFFICE).totals == {"student": (4, 8), "staff": ()}


def test_papermill_makes_one_total_a_number():
    """`-p total 4` arrives as the number 4."""
    asked = proposal.read({"total": 4, "total_staff": 2, "minimum": "1"}, OFFICE)
    assert asked.totals == {"student": (4,), "staff": (2,)}
    assert asked.minimum == 1


def test_without_a_word_the_office_s_own_options_hold_and_else_none():
    """Options are never derived from a forecast; "0" asks for none."""
    assert proposal.read({}, OFFICE).totals == {"student": (4, 8), "staff": ()}
    assert proposal.read({"total": "0"}, OFFICE).totals["student"] == ()
    assert proposal.read({}, Collection(id="x", folder=Path("x"), title="X")).totals == {"student": (), "staff": ()}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"weights": "rank"}, ["«rank»", "waiting", "expected", "eligible", "even"]),
        ({"total": "bốn"}, ["total", "«bốn»"]),
        ({"total": "4,-1"}, ["total", "«-1»"]),
        ({"total_staff": "2.5"}, ["total_staff", "«2.5»"]),
        ({"minimum": -1}, ["minimum", "«-1»"]),
        ({"minimum": True}, ["minimum"]),
        ({"total": "1,2,3,4,5,6"}, ["total", "6 phương án", "5"]),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(asked, words):
    """One Vietnamese sentence."""
    with pytest.raises(SettingsError) as error:
        proposal.read(asked, OFFICE)
    assert all(word in str(error.value) for word in words)
