"""One school's own report, and what a clerk reads before anything else: who sent what, what is wrong, what changed."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from small_collection import NUMBERS, make_project, write_return
from test_sections import PUPILS, SCHOOLS, chosen, kinds, rows_of, text_of

from dangvien_analysis import load_returns, sections
from dangvien_analysis.frames import Finding
from dangvien_analysis.parameters import choose
from dangvien_analysis.sections.changed import differences
from dangvien_analysis.settings import School, SettingsError

THREE = (*SCHOOLS, School("c", "Trường THPT C"))
TRAINED = [
    (school, "2023", "student", measure, n)
    for school, trained, admitted in (("a", 20, 4), ("b", 12, 1), ("c", 8, 3))
    for measure, n in (("trained", trained), ("admitted", admitted))
]


def school_of(name, rows=PUPILS, **changes):
    """The parameters of one school's report."""
    return sections.one_school(chosen(*rows, asked={"schools": name}, **changes))


def fault(level, school, file, cell="A1", code="not_a_count"):
    """A finding."""
    return Finding(level, code, f"Ô {cell} ghi chữ. Hãy ghi một số nguyên.", school, file, "1", cell)


def test_one_school_is_taken_and_several_are_refused():
    """None asked for is the first of the list; two are an error that says what to do."""
    assert sections.one_school(chosen(*PUPILS)).schools == ("b",)
    assert school_of("a").schools == ("a",)
    assert set(school_of("a").counts["school"]) == {"a"}
    with pytest.raises(SettingsError, match="hãy chọn một mã"):
        sections.one_school(chosen(*TRAINED, asked={"schools": "a,b"}, schools=THREE))


def test_own_flows_stand_period_by_period_with_their_sum():
    """A period nobody reported has no number, and the sum says which periods are in it."""
    rows = [row for row in PUPILS if row[:4] != ("a", "2022", "student", "admitted")]
    section = sections.own_flows(school_of("a", rows))
    cells = [row["cells"] for row in section[0].to_dict()["rows"]]
    assert cells == [["2022", "6", "…"], ["2023", "20", "4"], ["Cộng", "26", "4"]]
    assert "chỉ gồm các kỳ đã có số liệu" in section[0].to_dict()["note"]


def test_the_common_figure_stands_beside_the_schools_own():
    """Three schools: its own counts, those of all, and what chance alone explains, in people."""
    section = sections.own_and_common(school_of("a", TRAINED, schools=THREE))
    (row,) = section[0].to_dict()["data"]["rows"]
    assert row["cells"][1:3] == ["4/20 (20,0%)", "8/40 (20,0%)"]
    assert row["cells"][3].startswith("từ 2 đến 6 em")


def test_few_people_are_counted_and_not_drawn():
    """3/8 is no share, and no dot on a chart."""
    section = sections.own_and_common(school_of("c", TRAINED, schools=THREE))
    assert kinds(section) == ["figure", "table"]
    assert rows_of(section)[1][0][1] == "3/8"
    assert "Không dùng để xếp hạng" in text_of(section)


def test_of_two_schools_the_common_figure_is_the_others_and_is_not_told():
    """What all have less what one has would be the other school's number."""
    section = sections.own_and_common(school_of("a", TRAINED[:4]))
    assert kinds(section) == ["figure"]
    assert not any(block.kind in ("figure", "table") for block in section)


def test_a_reason_that_names_a_person_is_folded_in_a_schools_report():
    """An obstacle in the background of one pupil of one school is that pupil."""
    data = chosen(*PUPILS, asked={"schools": "a"})
    row = data.counts.iloc[[0]].assign(measure="not_admitted", reason="background_obstacle", n=1)
    school = sections.one_school(replace(data, counts=pd.concat([data.counts, row], ignore_index=True)))
    assert "gia đình" not in text_of(sections.own_pool(school))
    assert "lý lịch" not in text_of(sections.own_pool(school))


def test_faults_are_grouped_by_school_and_file_in_the_order_of_the_collection():
    """Errors before warnings; what no school is named in comes last."""
    found = [fault("warning", "a", "a.xlsx"), fault("error", "b", "b.xlsx"), fault("error", "a", "a.xlsx", "B2"),
             fault("error", "", "la.xlsx")]  # fmt: skip
    table = sections.faults(chosen(*PUPILS, findings=found))[1].to_dict()
    heads = [row["cells"][0] for row in table["rows"] if row["kind"] == "section"]
    assert heads == ["Trường THPT B – b.xlsx", "Trường THPT A – a.xlsx", "la.xlsx"]
    assert [row["cells"][0] for row in table["rows"] if row["kind"] == "plain"] == ["Lỗi", "Lỗi", "Cần xem lại", "Lỗi"]


def test_a_long_list_of_faults_is_cut_and_counted():
    """The same fault in every cell of a form is told a few times, and how often besides."""
    found = [fault("error", "a", "a.xlsx", f"A{place}") for place in range(20)]
    told = text_of(sections.faults(chosen(*PUPILS, findings=found)))
    assert "Còn 12 điều nữa ở đây" in told
    assert "counts.xlsx" in told
    told = text_of(sections.own_faults(school_of("a", findings=found)))
    assert "Và 15 lỗi nữa, xem trang «Chất lượng» của biểu tổng hợp kèm theo." in told


def test_long_faults_of_a_school_are_fewer_and_errors_come_first():
    """Two pages hold so many letters; what is shown is shown whole."""
    long = [fault("warning", "a", "a.xlsx", f"A{n}")._replace(message=f"Ô A{n} {'rất dài ' * 50}.") for n in range(3)]
    found = [*long, fault("error", "a", "a.xlsx", "B1")]
    told = text_of(sections.own_faults(school_of("a", findings=found)))
    assert "Ô B1 ghi chữ" in told
    assert told.count("rất dài") == 100
    assert "Và 1 điều cần xem lại nữa" in told


def test_a_school_is_told_only_of_its_own_faults():
    """Neither another school's nor those of a file that holds several."""
    rows = [*PUPILS]
    found = [fault("error", "a", "a.xlsx"), fault("error", "b", "b.xlsx", "B9"), fault("error", "", "a.xlsx", "C9")]
    told = text_of(sections.own_faults(school_of("a", rows, findings=found)))
    assert "A1" in told
    assert "B9" not in told
    assert "C9" not in told  # a.xlsx holds numbers of both schools


def test_what_was_not_taken_is_counted_by_kind():
    """Thirty blank cells are one line."""
    found = [Finding("info", "blank_cell", "Ô để trống.", "a", "a.xlsx", "1", f"A{place}") for place in range(30)]
    header, rows = rows_of(sections.not_taken(chosen(*PUPILS, findings=found)))
    assert header == ["Nội dung", "Số chỗ", "Thí dụ ở"]
    assert rows == [["Ô để trống: coi là chưa báo cáo, không phải số 0", "30", "a.xlsx, trang «1», ô A0"]]


def test_next_steps_follow_from_the_numbers():
    """What is missing, what to mend, and the rest of a running period."""
    rows = [row for row in PUPILS if row[:2] != ("a", "2022")]
    school = school_of("a", rows, findings=[fault("error", "a", "a.xlsx")])
    school = replace(school, counts=school.counts.assign(as_of=pd.Timestamp("2023-03-31")))
    told = text_of(sections.next_steps(school))
    assert "Gửi báo cáo còn thiếu: năm 2022." in told
    assert "Sửa 1 lỗi nêu trên" in told
    assert "Năm 2023 mới có một phần: lần tới báo cáo số của cả kỳ, đến 31-12-2023." in told


def test_files_tell_when_they_came_and_whether_late(monkeypatch):
    """The day is that of the register, never the file's own; before the deadline nothing is said of it."""
    monkeypatch.setattr(
        "dangvien_analysis.register.read_register", lambda _: {"a.xlsx": date(2024, 1, 20), "b": date(2024, 1, 2)}
    )
    section = sections.received(chosen(*PUPILS, deadline=date(2024, 1, 15)))
    assert rows_of(section)[1][0][1:3] == ["Trường THPT A và Trường THPT B", "20-1-2024 (sau hạn)"]
    assert "1/1 tệp nhận sau hạn" in text_of(section)


def test_numbers_are_compared_by_what_they_mean():
    """One that only moved to another cell has not changed."""
    old, new = chosen(*PUPILS).counts, chosen(*PUPILS).counts
    assert differences(old, new.assign(cell="Z9")).empty
    more = new.assign(n=new["n"].where(new.index != 0, 99)).drop(index=1)
    rows = differences(old, more)
    assert [(row.before, row.now) for row in rows.itertuples() if pd.notna(row.now)] == [(6, 99)]
    assert rows["now"].isna().sum() == 1


def test_what_was_never_loaded_has_nothing_to_compare():
    """The section says so, in place of its table."""
    assert kinds(sections.changed(chosen(*PUPILS))) == ["table"]
    assert "chưa được nạp" in text_of(sections.changed(chosen(*PUPILS)))


def test_sums_that_agree_are_said_to():
    """And those that do not are counted by kind."""
    assert "đều khớp" in text_of(sections.checked(chosen(*PUPILS)))
    found = [fault("warning", "a", "a.xlsx", code="total_mismatch")]
    assert "1 dòng tổng không bằng" in text_of(sections.checked(chosen(*PUPILS, findings=found)))


def test_what_the_last_load_changed_is_told_until_the_next(tmp_path, monkeypatch):
    """Before a load against what is stored, right after it against what was stored before: cell, then, now."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    folder = make_project(tmp_path)

    def told(asked=""):
        section = sections.changed(choose(load_returns(folder), asked))
        tables = [block for block in section if block.kind == "table"]
        return text_of(section), [row["cells"] for block in tables for row in block.to_dict()["rows"]]

    assert "chưa được nạp lần nào" in told()[0]
    load_returns(folder).save()
    assert "chưa có lần nạp nào làm thay đổi" in told()[0]
    write_return(folder / "thpt-a.xlsx", "thpt-a", ((12, 2), (13, 4)))
    row = ["Trường THPT A", "2023, học sinh, được kết nạp", "3", "4", "thpt-a.xlsx › Báo cáo!C6"]
    assert told() == (told()[0], [row])
    assert "So với lần nạp gần nhất có 1 số đổi." in told()[0]
    for _ in range(2):  # loading the same again changes nothing, and is not what is asked about
        load_returns(folder).save()
        assert told()[1] == [row]
        assert "Lần nạp gần nhất có thay đổi đã cho 1 số đổi so với lần nạp trước đó." in told()[0]
    assert told("thpt-b")[1] == []
    assert "không đổi số nào của các đơn vị đã chọn" in told("thpt-b")[0]
    write_return(folder / "thpt-a.xlsx", "thpt-a", NUMBERS["thpt-a"])
    assert told()[1] == [[*row[:2], "4", "3", row[-1]]]
