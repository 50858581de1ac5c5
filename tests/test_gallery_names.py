"""Gallery of small workbooks: which school speaks, and lists of people."""

import pytest
from gallery import load, read, read_files, save, sheet

HEAD = [["Năm 2023"], ["Trường", "Học sinh được kết nạp"]]


@pytest.mark.parametrize(
    "name",
    [
        "Trường THPT Nguyễn Du",
        "THPT Nguyễn Du",
        "Trường Trung học phổ thông Nguyễn Du",
        "TRƯỜNG THPT NGUYỄN DU",
        "Chi bộ Trường THPT Nguyễn Du",
        "Chi bộ THPT Nguyễn Du",
        "Nguyễn Du",
        "  Trường  THPT\u00a0Nguyễn Du ",
    ],
)
def test_a_school_is_known_by_the_forms_of_its_name(tmp_path, name):
    """«Trường», «THPT», «Chi bộ» before a name never need an alias."""
    reading = read(tmp_path, sheet([*HEAD, [name, 3]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.asked == []


def test_an_alias_of_the_registry_is_known(tmp_path):
    """Local short names are written down once."""
    more = '[[schools]]\nid = "kd"\nname = "Trường THPT Kim Đồng"\naliases = ["THPT KĐ"]'
    reading = read(tmp_path, sheet([*HEAD, ["THPT KĐ", 3]]), schools="", more=more)
    assert reading.counts == {"kd 2023 student admitted": 3}
    assert reading.asked == []


def test_an_unknown_school_is_an_error_and_its_neighbours_are_read(tmp_path):
    """A school that is not in the collection is never taken for one that is."""
    reading = read(tmp_path, sheet([*HEAD, ["THPT Nguyễn Dư", 3], ["THPT Lê Lợi", 2]]), schools="ll")
    assert reading.counts == {"ll 2023 student admitted": 2}
    assert reading.asked == ["error unknown_school A3"]


def test_a_name_that_is_close_to_a_school_gets_a_suggestion_and_no_guess(tmp_path):
    """«Nguyễn Dư» is close to «Nguyễn Du»: a slip of the pen, perhaps."""
    reading = read(tmp_path, sheet([*HEAD, ["THPT Nguyễn Dư", 3], ["THPT Nguyễn Du", 2]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 2}
    assert reading.asked == ["error unknown_school A3"]
    assert "Nguyễn Du" in reading.messages.replace("Nguyễn Dư", "")


def test_a_lower_secondary_school_of_the_same_name_is_another_school(tmp_path):
    """«THCS Nguyễn Du» is not «THPT Nguyễn Du»."""
    reading = read(tmp_path, sheet([*HEAD, ["Trường THCS Nguyễn Du", 3], ["THPT Nguyễn Du", 2]]), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 2}
    assert reading.asked == ["error unknown_school A3"]


def test_a_name_that_begins_like_another_is_not_the_other(tmp_path):
    """«Lê Lợi 2» is not «Lê Lợi»."""
    more = '[[schools]]\nid = "ll2"\nname = "Trường THPT Lê Lợi 2"'
    rows = [*HEAD, ["THPT Lê Lợi", 3], ["THPT Lê Lợi 2", 2], ["THPT Lê Lợi 3", 1]]
    reading = read(tmp_path, sheet(rows), schools="ll", more=more)
    assert reading.counts == {"ll 2023 student admitted": 3, "ll2 2023 student admitted": 2}
    assert reading.asked == ["error unknown_school A5"]


def test_the_district_in_the_letterhead_is_not_the_school_that_bears_its_name(tmp_path):
    """«HUYỆN ỦY AN PHÚ» and the date line say nothing about Trường THPT An Phú."""
    rows = [
        ["HUYỆN ỦY AN PHÚ", "An Phú, ngày 10 tháng 01 năm 2024"],
        ["BAN TỔ CHỨC"],
        ["Năm 2023"],
        ["Đối tượng", "Được kết nạp"],
        ["Học sinh", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="ap nd")
    assert reading.counts == {}
    assert reading.codes == ["error missing_facet"]


def test_the_school_that_bears_the_districts_name_is_known_in_its_row(tmp_path):
    """As the whole text of a row label the bare name is the school."""
    rows = [["HUYỆN ỦY AN PHÚ"], *HEAD, ["An Phú", 3], ["Nguyễn Du", 2]]
    reading = read(tmp_path, sheet(rows), schools="ap nd")
    assert reading.counts == {"ap 2023 student admitted": 3, "nd 2023 student admitted": 2}
    assert reading.asked == []


def test_a_school_speaks_from_its_letterhead(tmp_path):
    """One school per workbook, named above the title."""
    rows = [
        ["ĐẢNG BỘ HUYỆN AN PHÚ", None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["CHI BỘ TRƯỜNG THPT NGUYỄN DU", None, "An Phú, ngày 10 tháng 01 năm 2024"],
        ["BÁO CÁO CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN NĂM 2023"],
        ["STT", "Nội dung", "Học sinh", "CBGVNV"],
        [1, "Kết nạp", 3, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3, "nd 2023 staff admitted": 1}
    assert reading.asked == []


def test_title_and_file_that_name_different_schools_are_a_warning(tmp_path):
    """A form copied from another school: the title is nearer, and someone should look."""
    rows = [["Trường THPT Nguyễn Du - năm 2023"], ["Nội dung", "Học sinh"], ["Kết nạp", 3]]
    reading = read(tmp_path, sheet(rows), file="Báo cáo THPT Lê Lợi.xlsx")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert "warning title_conflict" in reading.codes
    assert not any(line.startswith("error") for line in reading.asked)


def test_without_a_registry_a_whole_cell_names_a_new_school(tmp_path):
    """Trường, THPT or chi bộ begins the name of a school that nobody registered."""
    rows = [*HEAD, ["Trường THPT Kim Đồng", 3], ["THPT Võ Thị Sáu", 2]]
    save(tmp_path / "Báo cáo.xlsx", [sheet(rows)])
    reading = load(tmp_path)
    assert len(set(reading.returns.counts["school"])) == 2
    assert sorted(reading.returns.counts["n"]) == [2, 3]
    assert not any(line.startswith("error") for line in reading.asked)


def test_without_a_registry_one_school_in_two_spellings_is_one_school(tmp_path):
    """Trường THPT X and THPT X are the same school in any collection."""
    rows = [["Năm 2023"], ["Trường", "Học sinh được kết nạp"], ["Trường THPT Kim Đồng", 3]]
    other = [["Năm 2022"], ["Trường", "Học sinh được kết nạp"], ["THPT Kim Đồng", 2]]
    save(tmp_path / "a.xlsx", [sheet(rows, name="2023"), sheet(other, name="2022")])
    reading = load(tmp_path)
    assert len(set(reading.returns.counts["school"])) == 1


PEOPLE = [
    ["DANH SÁCH ĐOÀN VIÊN ƯU TÚ TRƯỜNG THPT NGUYỄN DU NĂM 2023"],
    ["STT", "Họ và tên", "Ngày sinh", "Lớp", "Số điện thoại"],
    [1, "Phạm Thị Khuê", "02/03/2006", "12A1", "0912345678"],
    [2, "Hoàng Bá Quyết", "11/05/2006", "12A3", "0987654321"],
]


def test_a_list_of_people_is_refused_and_nothing_of_it_travels(tmp_path):
    """A header of names and birth dates: the sheet is refused, the finding names `dangvien tally`."""
    rows = [*HEAD, ["THPT Nguyễn Du", 3]]
    reading = read(tmp_path, sheet(rows, name="Số liệu"), sheet(PEOPLE, name="Danh sách"), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert reading.codes == ["error people_list"]
    assert "dangvien tally" in reading.messages
    everything = reading.returns.counts.to_csv() + reading.returns.findings.to_csv()
    for private in ("Khuê", "Quyết", "0912345678", "02/03/2006"):
        assert private not in everything


def test_a_column_of_unknown_names_is_a_list_of_people(tmp_path):
    """Without a telling header: more unknown names than known schools."""
    rows = [
        ["Kết nạp học sinh năm 2023"],
        ["STT", "Đơn vị", "Số lượng"],
        [1, "Phạm Thị Khuê", 1],
        [2, "Hoàng Bá Quyết", 1],
        [3, "Đặng Quốc Hưng", 1],
        [4, "Vũ Thị Mai Chi", 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {}
    assert reading.asked
    everything = reading.returns.counts.to_csv() + reading.returns.findings.to_csv()
    for private in ("Khuê", "Quyết", "Hưng", "Mai Chi"):
        assert private not in everything


def test_an_unknown_text_is_never_quoted(tmp_path):
    """A name typed into a header or a label is named by its address only."""
    rows = [
        ["Học sinh năm 2023"],
        ["Trường", "Kết nạp", "Thầy Đặng Quốc Hưng phụ trách"],
        ["THPT Nguyễn Du", 3, 4],
        ["Cô Phạm Thị Khuê", 2, 1],
    ]
    reading = read(tmp_path, sheet(rows), schools="nd")
    assert reading.counts == {"nd 2023 student admitted": 3}
    assert {"error A4", "error C2"} <= set(reading.places)
    assert "Khuê" not in reading.messages
    assert "Hưng" not in reading.messages


def test_one_school_per_file(tmp_path):
    """The file's name says the school where its sheet does not."""
    rows = [["Năm 2023"], ["Nội dung", "Học sinh"], ["Kết nạp", 3]]
    other = [*rows[:2], ["Kết nạp", 2]]
    files = {"THPT Nguyễn Du.xlsx": [sheet(rows)], "bao_cao_thpt_le_loi.xlsx": [sheet(other)]}
    reading = read_files(tmp_path, files)
    assert reading.counts == {"nd 2023 student admitted": 3, "ll 2023 student admitted": 2}
    assert reading.asked == []


def test_a_title_of_an_unregistered_school_is_not_taken_for_another(tmp_path):
    """The file's name must not lend its school to a sheet that names one nobody knows."""
    rows = [["Chi bộ Trường THPT Bùi Thị Xuân"], ["Học sinh năm 2023"], ["Nội dung", "Số lượng"], ["Kết nạp", 3]]
    reading = read(tmp_path, sheet(rows), file="THPT Nguyễn Du.xlsx")
    assert reading.counts == {}
    assert [line.split()[0] for line in reading.asked] == ["error"]


def test_without_a_register_the_letterhead_names_the_school_and_not_the_district(tmp_path):
    """«Đảng bộ huyện …» is no school; «Chi bộ Trường THPT …» is one, whatever stands before its name."""
    rows = [
        ["ĐẢNG BỘ HUYỆN AN PHÚ"],
        ["CHI BỘ TRƯỜNG THPT NGUYỄN DU"],
        ["Học sinh năm 2023"],
        ["Nội dung", "Số lượng"],
        ["Kết nạp", 3],
    ]
    reading = read(tmp_path, sheet(rows), schools="")
    assert reading.counts == {"thpt-nguyen-du 2023 student admitted": 3}
    assert reading.asked == []


@pytest.mark.parametrize("name", ["2", "B", "số 2", "II", "- cơ sở 2", "(phân hiệu)"])
def test_a_longer_name_in_a_title_is_no_school_that_is_registered(tmp_path, name):
    """«THPT Nguyễn Du B» is another school than «THPT Nguyễn Du»."""
    rows = [[f"TRƯỜNG THPT NGUYỄN DU {name}"], ["Kết nạp học sinh năm 2023"], ["Nội dung", "Số lượng"], ["Kết nạp", 3]]
    reading = read(tmp_path, sheet(rows))
    assert (reading.counts, reading.asked) == ({}, ["error missing_facet B4"])


def test_the_number_of_a_copy_is_no_part_of_a_name(tmp_path):
    """«THPT Nguyễn Du (2).xlsx» is the same file saved again."""
    rows = [["Kết nạp học sinh năm 2023"], ["Nội dung", "Số lượng"], ["Kết nạp", 3]]
    reading = read(tmp_path, sheet(rows), file="THPT Nguyễn Du (2).xlsx")
    assert (reading.counts, reading.asked) == ({"nd 2023 student admitted": 3}, [])
