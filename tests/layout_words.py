"""Wordings for generated returns: for every value, phrases that a careful reader takes in one way only.

Left out on purpose, because the words themselves are in doubt: "HS" (học sinh or hồ sơ), "CB", "CT", "ĐV", "TH",
"giới thiệu" alone, "bồi dưỡng" alone, "chuyển đi" alone. They are tested one by one in the gallery.
"""

from collections.abc import Callable, Mapping, Sequence

Choose = Callable[[Sequence], object]

# One of them bears the district's name, as schools do: only the whole text may name it.
SCHOOLS = {
    "nguyen-du": "Nguyễn Du",
    "le-loi": "Lê Lợi",
    "tran-phu": "Trần Phú",
    "phan-boi-chau": "Phan Bội Châu",
    "an-phu": "An Phú",
    "hoa-binh": "Hòa Bình",
}
OFFICE = ("ĐẢNG BỘ TỈNH PHÚ BÌNH", "HUYỆN ỦY AN PHÚ", "BAN TỔ CHỨC")

PERIODS = {
    "year": ["2021", "2022", "2023", "2024"],
    "school_year": ["2020-2021", "2021-2022", "2022-2023", "2023-2024"],
    "quarter": ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"],
    "half": ["2023-H1", "2023-H2", "2024-H1", "2024-H2"],
}
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]

GROUPS = {
    "student": ["Học sinh", "Khối học sinh", "Học sinh THPT", "QCƯT là học sinh", "Quần chúng ưu tú là học sinh"],
    "staff": [
        "Cán bộ, giáo viên, nhân viên",
        "CBGVNV",
        "CB-GV-NV",
        "CB, GV, NV",
        "Cán bộ, giáo viên, công nhân viên chức",
        "QCƯT là CBGVNV",
    ],
}
GROUPS_IN_A_PHRASE = {
    "student": ["học sinh"],
    "staff": ["CBGVNV", "cán bộ, giáo viên, nhân viên"],
}

# From the first stage to the last: no count is above the one before it.
MEASURES = ["nominated", "trained", "mentored", "proposed", "admitted", "ceremony", "confirmed", "party_members"]
ALONE = {
    "nominated": [
        "Cử đi học lớp bồi dưỡng nhận thức về Đảng",
        "Được cử đi học",
        "Giới thiệu, cử đi học",
        "Cử đi học",
        "Giới thiệu đi học lớp bồi dưỡng nhận thức về Đảng",
        "Số quần chúng ưu tú được cử đi học lớp cảm tình Đảng",
        "Cử đi học BDNT",
    ],
    "trained": [
        "Hoàn thành lớp bồi dưỡng nhận thức về Đảng",
        "Được cấp giấy chứng nhận",
        "Đã học, được cấp giấy chứng nhận",
        "Được cấp GCN",
        "Số người hoàn thành lớp học",
        "Đã qua lớp bồi dưỡng nhận thức về Đảng",
    ],
    "mentored": [
        "Được phân công đảng viên giúp đỡ",
        "Được phân công đảng viên chính thức giúp đỡ",
        "Phân công đảng viên giúp đỡ",
    ],
    "proposed": [
        "Chi bộ đề nghị kết nạp",
        "Đề nghị kết nạp",
        "Được chi bộ xét, đề nghị kết nạp",
        "Xét, đề nghị kết nạp",
    ],
    "admitted": [
        "Kết nạp",
        "Được kết nạp vào Đảng",
        "Đã kết nạp",
        "Kết nạp đảng viên mới",
        "Đảng viên mới kết nạp",
        "Số được kết nạp Đảng",
        "Có quyết định kết nạp",
    ],
    "ceremony": ["Đã tổ chức lễ kết nạp", "Tổ chức lễ kết nạp"],
    "confirmed": ["Công nhận đảng viên chính thức", "Được công nhận chính thức", "Chuyển đảng chính thức"],
    "party_members": ["Tổng số đảng viên", "Đảng viên hiện có", "Số đảng viên hiện có"],
}
AFTER_THE_GROUP = {
    "nominated": ["được cử đi học", "được giới thiệu, cử đi học lớp bồi dưỡng nhận thức về Đảng"],
    "trained": ["hoàn thành lớp bồi dưỡng nhận thức về Đảng", "được cấp giấy chứng nhận"],
    "mentored": ["được phân công đảng viên giúp đỡ"],
    "proposed": ["được chi bộ đề nghị kết nạp"],
    "admitted": ["được kết nạp", "được kết nạp vào Đảng", "đã kết nạp"],
    "ceremony": ["đã tổ chức lễ kết nạp"],
    "confirmed": ["được công nhận chính thức"],
}
AFTER_THE_KIND = {
    "nominated": ["cử đi học", "cử đi học lớp bồi dưỡng nhận thức về Đảng"],
    "trained": ["hoàn thành lớp bồi dưỡng nhận thức về Đảng"],
    "mentored": ["phân công đảng viên giúp đỡ"],
    "proposed": ["đề nghị kết nạp"],
    "admitted": ["kết nạp", "kết nạp đảng viên", "kết nạp Đảng"],
    "ceremony": ["tổ chức lễ kết nạp"],
    "confirmed": ["công nhận đảng viên chính thức"],
}
KINDS = {
    "target": ["Chỉ tiêu", "Kế hoạch", "Chỉ tiêu giao", "Chỉ tiêu được giao"],
    "actual": ["Thực hiện", "Kết quả", "Kết quả thực hiện", "Đã thực hiện"],
}
BREAKDOWNS = {"total": ["Tổng số"], "female": ["Trong đó: nữ", "Trong đó nữ", "Nữ"]}

# Pairs of facets that one text can say naturally.
PAIRS = [
    {"group", "measure"},
    {"measure", "kind"},
    {"period", "group"},
    {"period", "measure"},
    {"period", "kind"},
    {"school", "period"},
    {"school", "group"},
]
KEY_HEADS = {
    "school": ["Trường", "Đơn vị", "Tên trường", "Tên đơn vị"],
    "group": ["Đối tượng"],
    "measure": ["Nội dung", "Tiêu chí", "Chỉ tiêu"],
    "kind": ["Nội dung"],
}
PERIOD_HEADS = {"year": ["Năm"], "school_year": ["Năm học"], "quarter": ["Thời gian"], "half": ["Thời gian"]}
TITLES = [
    "BÁO CÁO CÔNG TÁC PHÁT TRIỂN ĐẢNG VIÊN",
    "TỔNG HỢP SỐ LIỆU CÔNG TÁC PHÁT TRIỂN ĐẢNG",
    "BIỂU TỔNG HỢP TÌNH HÌNH PHÁT TRIỂN ĐẢNG VIÊN",
]
TOTALS = ["Cộng", "Tổng cộng"]
SCHOOL_TOTALS = ["Toàn huyện", "Cộng toàn huyện", "Tổng cộng", "Cộng"]


def period_kind(period: str) -> str:
    """Tell which list of PERIODS a period stands in."""
    return next(kind for kind, periods in PERIODS.items() if period in periods)


def school(value: str, place: str, choose: Choose) -> str:
    """Write a school; its bare name only where the whole text stands in a place for names."""
    name = SCHOOLS[value]
    styles = ["Trường THPT {}", "THPT {}", "Trường Trung học phổ thông {}", "Chi bộ Trường THPT {}"]
    if place in ("row", "col", "sheet"):
        styles.append("{}")
    return choose(styles).format(name)


def period(value: str, place: str, choose: Choose) -> str:
    """Write a period; bare years only in column headers, key columns and sheet names."""
    kind = period_kind(value)
    bare = place in ("row", "col", "sheet", "file")
    if kind == "year":
        styles = ["Năm {}", "{}"] if bare else ["Năm {}"]
        return choose(styles).format(value)
    if kind == "school_year":
        first, second = value.split("-")
        styles = ["Năm học {0}-{1}", "Năm học {0} - {1}", "NH {0}-{1}"]
        return choose(styles + ["{0}-{1}", "{0}–{1}"] * bare).format(first, second)
    year, part = value.split("-")
    if kind == "quarter":
        no_stroke = "sheet" in place or place == "file"  # neither name may hold one
        styles = ["Quý {1} năm {0}"] if no_stroke else ["Quý {1} năm {0}", "Quý {1}/{0}"]
        return choose(styles).format(year, ROMAN[int(part[1]) - 1])
    return f"6 tháng {'đầu' if part == 'H1' else 'cuối'} năm {year}"


def in_a_phrase(value: str) -> str:
    """Write a period after other words: "… năm 2023", "… quý I năm 2024"."""
    text = period(value, "phrase", lambda styles: styles[0])
    return text[0].lower() + text[1:]


def single(facet: str, value: str, place: str, choose: Choose) -> str:
    """Write one value of one facet."""
    if facet == "school":
        return school(value, place, choose)
    if facet == "period":
        return period(value, place, choose)
    words = {"group": GROUPS, "measure": ALONE, "kind": KINDS, "breakdown": BREAKDOWNS}[facet][value]
    if "sheet" in place:  # its name holds 31 characters
        words = [word for word in words if len(word) <= 28]
    return choose(words)


def compose(values: Mapping[str, str], place: str, choose: Choose) -> str:
    """Write several facets in one text as a clerk would: "Số học sinh được kết nạp năm 2023"."""
    if len(values) == 1:
        ((facet, value),) = values.items()
        return single(facet, value, place, choose)
    inner = {facet: value for facet, value in values.items() if facet not in ("school", "period")}
    text = _inner(inner, place, choose) if inner else ""
    if "school" in values:
        name = school(values["school"], "phrase", choose)
        text = f"{name} - {text}" if text else name
    if "period" in values:
        link = choose([" ", " - "]) if "school" in values and not inner else " "
        text = f"{text}{link}{in_a_phrase(values['period'])}"
    return text


def _inner(values: Mapping[str, str], place: str, choose: Choose) -> str:
    group, measure, kind = (values.get(facet) for facet in ("group", "measure", "kind"))
    if measure and kind:
        text = _planned(measure, kind, choose)
        return f"{text} - {choose(GROUPS_IN_A_PHRASE[group])}" if group else text
    if measure and group:
        return _counted(group, measure, choose)
    if kind and group:
        return f"{choose(KINDS[kind])} - {choose(GROUPS_IN_A_PHRASE[group])}"
    ((facet, value),) = values.items()
    return single(facet, value, place, choose)


def _planned(measure: str, kind: str, choose: Choose) -> str:
    if measure == "party_members":
        return choose(ALONE[measure])
    if kind == "actual":
        return choose([choose(ALONE[measure]), f"Kết quả {choose(AFTER_THE_KIND[measure])}"])
    return f"{choose(['Chỉ tiêu', 'Kế hoạch'])} {choose(AFTER_THE_KIND[measure])}"


def _counted(group: str, measure: str, choose: Choose) -> str:
    people = choose(GROUPS_IN_A_PHRASE[group])
    if measure == "party_members":
        return f"Số đảng viên là {people}"
    return f"Số {people} {choose(AFTER_THE_GROUP[measure])}"
