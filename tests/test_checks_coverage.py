"""Which returns came, when, how much of them and up to which day: good data is quiet, one fault gives one finding."""

from dataclasses import replace
from datetime import date

import pandas as pd
from check_rows import COLLECTION, GOOD, SCHOOLS, codes, found, row, without

from dangvien_analysis.frames import Finding

STAFF = [{**one, "group": "staff", "n": one["n"] // 3} for one in GOOD]
DEADLINE = replace(COLLECTION, deadline=date(2024, 3, 8))
IN_TIME = {"a.xlsx": date(2024, 3, 1), "b.xlsx": date(2024, 3, 8), "c.xlsx": date(2024, 3, 2)}


def test_a_part_that_most_schools_reported_is_missed():
    """Everyone else gave staff too; one finding names all that is absent, period by period."""
    assert codes([*GOOD, *STAFF]) == []
    (finding,) = found([*GOOD, *[one for one in STAFF if one["school"] != "b"]])
    assert (finding.code, finding.school) == ("incomplete_return", "b")
    for words in ("kỳ 2022", "kỳ 2023", "cán bộ, giáo viên, nhân viên", "Trường THPT B"):
        assert words in finding.message


def test_what_only_some_schools_reported_is_not_asked_of_the_others():
    """Half of the schools is no custom, and a single other school is none either."""
    one_gives = [one for one in STAFF if one["school"] == "a"]
    assert codes([*GOOD, *one_gives]) == []
    assert codes([one for one in [*GOOD, *one_gives] if one["school"] != "c"]) == ["missing_return"]


def test_what_was_not_read_is_not_called_missing():
    """The cell has a finding of its own: one cause, one finding."""
    gap = Finding("error", "not_a_count", "…", "b", "b.xlsx", "S", "C4")
    blank = gap._replace(level="info", code="blank_cell")
    rows = without(school="b", measure="admitted")
    assert codes(rows) == ["incomplete_return"]
    assert codes(rows, findings=(gap,)) == []
    assert codes(rows, findings=(blank,)) == ["incomplete_return"]  # for information only, and easily overlooked
    assert codes(rows, findings=(gap._replace(file="a.xlsx"),)) == ["incomplete_return"]


def test_a_return_for_an_earlier_day_than_asked():
    """Only where a period goes on after that day: what was done in between is in no number."""
    old = {"as_of": pd.Timestamp(2023, 12, 1)}
    rows = [{**one, **old} if one["school"] == "b" else one for one in GOOD]
    (finding,) = found(rows)
    assert (finding.code, finding.file) == ("early_day", "b.xlsx")
    assert "1-12-2023" in finding.message
    assert "kỳ 2023" in finding.message
    assert "2022" not in finding.message
    ended = {"as_of": pd.Timestamp(2023, 12, 31)}
    assert codes([{**one, **ended} if one["school"] == "b" else one for one in GOOD]) == []


def test_a_period_that_has_not_ended_is_said_once():
    """It is nobody's fault, so an info; a return that speaks for the whole collection's day is not early."""
    begun = [row(school, "2024", "nominated", 2) for school in "abc"]
    (finding,) = found([*GOOD, *begun])
    assert (finding.level, finding.code) == ("info", "partial_period")
    assert "2024" in finding.message


def test_a_return_that_came_after_the_deadline():
    """The register says when a file was first seen; the deadline's own day is in time."""
    assert codes(GOOD, DEADLINE, received=IN_TIME) == []
    (finding,) = found(GOOD, DEADLINE, received={**IN_TIME, "c.xlsx": date(2024, 3, 11)})
    assert (finding.code, finding.school, finding.file) == ("late_return", "c", "c.xlsx")
    assert "11-3-2024" in finding.message
    assert "3 ngày" in finding.message


def test_a_corrected_return_is_not_late():
    """The first file of the school came in time."""
    corrected = [{**one, "file": "c sửa.xlsx"} if one["measure"] == "admitted" else one for one in GOOD]
    received = {**IN_TIME, "c sửa.xlsx": date(2024, 3, 12)}
    assert codes(corrected, DEADLINE, received=received) == []


def test_nobody_is_late_where_the_register_cannot_tell():
    """It was begun after the deadline, does not know the file, or there is no deadline."""
    late = date(2024, 4, 1)
    assert codes(GOOD, DEADLINE, received=dict.fromkeys(IN_TIME, late)) == []
    assert codes(GOOD, DEADLINE, received={"a.xlsx": IN_TIME["a.xlsx"]}) == []
    assert codes(GOOD, COLLECTION, received={**IN_TIME, "c.xlsx": late}) == []


def test_two_equal_files_under_two_names():
    """One was copied and renamed: at most one is the return that its name promises."""
    hashes = {"a.xlsx": "1", "b.xlsx": "2", "c.xlsx": "3"}
    assert codes(GOOD, hashes=hashes) == []
    (finding,) = found(GOOD, hashes={**hashes, "b.xlsx": "1"})
    assert finding.code == "same_file"
    assert "«a.xlsx» và «b.xlsx»" in finding.message


def test_a_school_that_merged_and_still_reports_is_asked_about():
    """Also by a target, and also a school that reports what was before it; a period cut by the day is its own."""
    merged = replace(SCHOOLS[1], valid_to=date(2022, 12, 31), successor="a")
    collection = replace(COLLECTION, schools=(SCHOOLS[0], merged, SCHOOLS[2]))
    assert codes([one for one in GOOD if (one["school"], one["period"]) != ("b", "2023")], collection) == []
    (finding,) = found(GOOD, collection)
    assert (finding.level, finding.code, finding.school, finding.file) == ("warning", "school_not_there", "b", "b.xlsx")
    for words in ("đến ngày 31-12-2022", "thuộc Trường THPT A", "kỳ 2023"):
        assert words in finding.message
    target = row("b", "2023", "admitted", 4, kind="target")
    rows = [one for one in GOOD if (one["school"], one["period"]) != ("b", "2023")]
    assert "school_not_there" in codes([*rows, target], collection)
    cut = replace(merged, valid_to=date(2023, 6, 30))
    assert codes(GOOD, replace(collection, schools=(SCHOOLS[0], cut, SCHOOLS[2]))) == []
    young = replace(SCHOOLS[1], valid_from=date(2023, 1, 1))
    (finding,) = found(GOOD, replace(collection, schools=(SCHOOLS[0], young, SCHOOLS[2])))
    assert (finding.code, "từ ngày 1-1-2023" in finding.message) == ("school_not_there", True)


def test_what_a_school_sent_for_other_periods_is_named():
    """Two school years are no answer to two years, and who asks must know that something came."""
    instead = {"2022": "2021-2022", "2023": "2022-2023"}
    rows = [one | ({"period": instead[one["period"]]} if one["school"] == "c" else {}) for one in GOOD]
    (finding,) = (one for one in found(rows) if one.code == "missing_return")
    assert "chưa báo cáo kỳ 2022 và 2023" in finding.message
    assert "có gửi số của năm học 2021–2022 và năm học 2022–2023, không phải kỳ được hỏi" in finding.message
