"""What can still be done, said in words: who is here, who is of age, whose papers lag, what follows."""

import math
from datetime import date

import pandas as pd
import pytest
import result_frames as made
from result_frames import NAMES

from dangvien_analysis import sentences


def paper(school, dossier, remaining=2, age_18=8, **more):
    """Return one row as `measures.dossiers_short` gives it."""
    wanted = 1 if remaining is None else remaining
    row = {"school": school, "group": "student", "period": "2024", "remaining": remaining, "eligible": age_18}
    row |= {"age_18": age_18, "dossier": dossier, "known": dossier is not None}
    return row | {"short": dossier is not None and dossier < wanted} | more


def test_schools_short_of_dossiers_are_named_with_what_they_lack():
    """Papers against what is still to come: no share, no order but that of the collection."""
    frame = made.frame([paper("a", 3), paper("b", 1), paper("c", 0, age_18=5), paper("d", None)])
    assert sentences.support(frame, NAMES) == (
        "Học sinh, cần hỗ trợ hồ sơ: Trường THPT B (còn 2 chỉ tiêu, 8 em đủ 18 tuổi, mới có 1 hồ sơ) và Trường THPT C "
        "(còn 2 chỉ tiêu, 5 em đủ 18 tuổi, chưa có hồ sơ nào); chưa có số liệu hồ sơ của Trường THPT D."
    )
    assert sentences.support(frame[:1], NAMES) == ("Học sinh: không trường nào thiếu hồ sơ so với số còn phải kết nạp.")
    assert sentences.support(frame[3:], NAMES) == "Học sinh: chưa có số liệu hồ sơ đang làm của từng trường."
    assert sentences.support(frame.iloc[:0]) == "Chưa có số liệu."


def test_many_schools_short_of_dossiers_are_counted():
    """A list of nineteen is for a table."""
    frame = made.frame([paper(f"t{place}", 0) for place in range(7)])
    assert sentences.support(frame) == "Học sinh, cần hỗ trợ hồ sơ: 7 trường, gồm t0, t1, t2, t3, t4 và 2 trường khác."


def test_a_reported_age_replaces_the_estimate():
    """The estimate says that it is one, and of which day."""
    row = {"group": "student", "period": "2024", "age_18": 29, "of": 73, "share": 29 / 73, "estimated": False}
    assert sentences.of_age(made.frame([row]), date(2024, 6, 30)) == (
        "Học sinh, năm 2024: 29/73 em, bằng 39,7% trong nguồn đã đủ 18 tuổi."
    )
    row |= {"age_18": None, "of": None, "share": 0.5, "estimated": True, "period": None}
    assert sentences.of_age(made.frame([row]), date(2024, 6, 30)) == (
        "Báo cáo không nêu số em đủ 18 tuổi. Nếu ngày sinh chia đều trong năm thì đến 30-6-2024 khoảng 50,0% học sinh "
        "một khối lớp 12 đủ 18 tuổi (ước tính theo tháng, chỉ để tham khảo)."
    )


def test_who_is_still_here_and_what_to_do_next():
    """Each action has its number; what is not known is not asked for."""
    pool = made.waiting(194, 25, 96, dossier=9, age_18=29)
    assert sentences.still_here(pool) == "Học sinh còn trong nguồn: 73 em, trong đó 29 em đủ 18 tuổi; 9 hồ sơ đang làm."
    assert sentences.still_here(made.waiting(43, 17, None, group="staff"), NAMES) == (
        "CBGVNV còn trong nguồn: nhiều nhất 26 người."
    )
    assert sentences.actions(pool, "Trường C") == (
        "Việc cần làm: các chi bộ rà soát 29 em đủ 18 tuổi, xong hồ sơ trước khi các em thi và ra trường; Đoàn trường "
        "giới thiệu đi học từ đầu lớp 12 những em sinh trong nửa đầu năm; giới thiệu 96 em đã ra trường, chuyển đi về "
        "nơi mới theo dõi và xin phản hồi; Trường C gửi kế hoạch."
    )
    assert sentences.actions(pool.iloc[:0]) == ""


def test_what_the_unions_were_asked_for_and_brought():
    """Only schools that gave both numbers, added up."""
    row = {"period": "2023", "group": "student", "measure": "nominated", "sent": True}
    union = {"via_trade_union_target": None, "via_trade_union_actual": None}
    rows = [
        row | union | {"school": "a", "via_youth_union_target": 20, "via_youth_union_actual": 18},
        row | union | {"school": "b", "via_youth_union_target": 10, "via_youth_union_actual": 12},
        row | union | {"school": "c", "via_youth_union_target": 5, "via_youth_union_actual": None},
    ]
    assert sentences.unions(made.frame(rows)) == (
        "Chỉ tiêu giao qua các đoàn thể: cử học sinh đi học qua Đoàn Thanh niên 30/30 (năm 2023)."
    )
    assert sentences.unions(made.frame(rows[2:])).startswith("Chưa có báo cáo nào tách")


@pytest.mark.parametrize(
    ("admitted", "expected"),
    [
        ({"a": 2, "b": 1}, "Năm 2023: trường nào cũng kết nạp được đảng viên."),
        (
            {"a": 2, "b": 0},
            "Năm 2023: không kết nạp được đảng viên nào có 1/2 trường, gồm Trường THPT B.",
        ),
        (
            {"a": 2, "b": None},
            (
                "Năm 2023: trường nào có số liệu cũng kết nạp được đảng viên; "
                "chưa xét được Trường THPT B vì thiếu số liệu."
            ),
        ),
        ({"a": None, "b": None}, "Năm 2023: chưa xét được trường nào không kết nạp được đảng viên vì thiếu số liệu."),
    ],
)
def test_which_schools_admitted_nobody_last_year(admitted, expected):
    """The question of every conference, in a line; a school that did not report is not said to have admitted nobody."""
    frames = [
        made.trend({"admitted": [n]}, periods=("2023",), partial=()).assign(school=school)
        for school, n in admitted.items()
    ]
    assert sentences.without_admission(pd.concat(frames), NAMES, years=1) == expected


def test_a_mix_of_grades_that_is_known_is_reckoned_with():
    """Beside each school stands what the common rate of each grade would give it."""
    row = {"group": "student", "trained": 20, "basis": "cohorts", "position": "inside"}
    rows = [
        row | {"school": "a", "admitted": 9, "expected": 7.8, "low": 3, "high": 12},
        row | {"school": "b", "admitted": 2, "expected": 3.2, "low": 0, "high": 7},
    ]
    assert sentences.by_grade(made.frame(rows), NAMES) == (
        "Tính theo cơ cấu khối lớp (mỗi khối lấy tỷ lệ chung của khối đó): cả 2 trường trong mức dao động ngẫu nhiên, "
        "gồm Trường THPT A kết nạp 9, mức chung ứng với 7,8 (ngẫu nhiên: từ 3 đến 12); Trường THPT B kết nạp 2, "
        "mức chung ứng với 3,2 (ngẫu nhiên: từ 0 đến 7); không dùng để xếp hạng hoặc đánh giá thi đua."
    )
    assert "chưa biết cơ cấu khối" in sentences.by_grade(made.frame(rows).iloc[:0], NAMES)


def test_a_heading_of_conversion_is_the_range_not_the_middle():
    """Too few people give counts only."""
    frame = made.conversion({"2021": (38, [2, 4])}, [(159, 7, 0.044, 0.02, 0.089), (90, 14, 0.156, 0.095, 0.245)])
    assert sentences.conversion_heading(frame) == (
        "Học sinh: đến hết năm thứ nhất sau năm mở lớp, từ 9,5% đến 24,5% được kết nạp (khoảng tin cậy 95%)"
    )
    few = made.conversion({}, [(28, 3, math.nan, math.nan, math.nan)], method="counts")
    assert sentences.conversion_heading(few) == "Học sinh: kết nạp 3/28 em, quá ít để kết luận"
    assert sentences.conversion_heading(frame[frame["cohort"].notna()]) == (
        "Học sinh: chưa theo dõi khóa nào hết năm mở lớp"
    )


def test_groups_with_the_same_courses_share_a_sentence_and_keep_their_own_numbers():
    """Pupils and staff side by side, never added; other courses, other sentences."""
    row = {"last_period": "2024", "partial": True}
    rows = [row | {"group": "student", "cohort": "2022", "trained": 52, "admitted": 10}]
    rows += [row | {"group": "staff", "cohort": "2022", "trained": 12, "admitted": 5}]
    assert sentences.cohorts_together(made.frame(rows), NAMES, date(2024, 3, 14)) == (
        "Khóa 2022, tính đến 14-3-2024: học sinh kết nạp 10/52 em, bằng 19,2% "
        "(khoảng tin cậy 95%: từ 10,8% đến 31,9%); CBGVNV kết nạp 5/12 người, bằng 41,7% (từ 19,3% đến 68,0%)."
    )
    rows[1]["cohort"] = "2021"
    assert sentences.cohorts_together(made.frame(rows), NAMES) == ""


def test_schools_of_all_groups_within_chance_are_one_sentence():
    """One school outside, or one that cannot be judged, and each group speaks for itself."""
    inside = [("a", 3, 20, 0.1, 0.4, "inside", False), ("b", 4, 28, 0.1, 0.4, "inside", False)]
    both = pd.concat([made.comparison(inside), made.comparison(inside, "staff")])
    assert sentences.alike(both, NAMES) == (
        "Tỷ lệ của các trường chênh nhau trong mức dao động ngẫu nhiên, cả học sinh (n = 20–28) và CBGVNV (n = 20–28); "
        "không dùng để xếp hạng hoặc đánh giá thi đua."
    )
    outside = made.comparison([*inside, ("c", 9, 20, 0.1, 0.4, "above", False)])
    assert sentences.alike(pd.concat([outside, made.comparison(inside, "staff")])) == ""
