"""Reasons the schools gave, and what is never told of a single school."""

import pytest
import result_frames as made

from dangvien_analysis import sentences

GIVEN = {"under_age": 19, "dossier_incomplete": 68, "other": 9}


@pytest.mark.parametrize(
    ("not_admitted", "whom"),
    [(96, "96 em chưa được kết nạp"), (None, "96 em"), (100, "96 trong 100 em chưa được kết nạp")],
)
def test_reasons_are_what_the_schools_ticked(not_admitted, whom):
    """Never the cause; the whole is said where it is known."""
    assert sentences.reasons(made.reasons(GIVEN, not_admitted=not_admitted)) == (
        f"Học sinh, năm 2024: các trường nêu lý do chính của {whom}: 68 em hồ sơ chưa hoàn thiện; "
        "19 em chưa đủ 18 tuổi; 9 em lý do khác."
    )


def test_no_reason_given():
    """Zeros and an empty frame."""
    assert sentences.reasons(made.reasons({"under_age": 0})) == "Học sinh: các trường chưa nêu lý do."
    assert sentences.reasons(made.reasons(GIVEN).iloc[:0]) == "Các trường chưa nêu lý do."


def test_who_has_no_wish_to_join_is_no_shortfall():
    """A count without a share."""
    assert sentences.reasons_by_side(made.reasons(GIVEN | {"not_willing": 4})) == (
        "Học sinh, theo lý do các trường nêu: thuộc quy định (tuổi, ra trường) 19/100 em, bằng 19,0%; "
        "thuộc hồ sơ, quy trình, bồi dưỡng 68/100 em, bằng 68,0%; lý do khác 9/100 em, bằng 9,0%; "
        "4 em chưa có nguyện vọng."
    )


def test_sensitive_reasons_of_one_school_are_folded_and_it_is_said():
    """At a named school one held up by the background check is a person."""
    frame = made.reasons({"under_age": 3, "background_check": 1, "not_willing": 1, "other": 2}, schools=1)
    expected = (
        "Học sinh, năm 2024: nhà trường nêu lý do chính của 7 em: 3 em chưa đủ 18 tuổi; 4 em các lý do còn lại. "
        "Một số lý do chỉ nêu chung toàn địa bàn, không nêu theo từng trường."
    )
    assert sentences.reasons(frame) == expected
    assert sentences.reasons(frame.assign(school="a", schools=4)) == expected


def test_sensitive_breakdowns_of_a_school_are_left_out():
    """District totals stay; a set of parts is hidden when any of them is sensitive."""
    parts = ["total", "female", "religious", "female+ethnic_minority"]
    frame = made.frame([{"breakdown": part, "n": 5} for part in parts])
    shown, said = sentences.discreet(frame.assign(school="a"))
    assert list(shown["breakdown"]) == ["total", "female"]
    assert said == "Số theo dân tộc, tôn giáo chỉ nêu chung toàn địa bàn, không nêu theo từng trường."
    assert sentences.discreet(frame)[1] == ""
    assert len(sentences.discreet(frame)[0]) == 4
