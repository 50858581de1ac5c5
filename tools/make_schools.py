"""Make up a collection of many schools, to look at reports as a province gets them.

Usage: python tools/make_schools.py 40 FOLDER

Everything is invented and nothing of it is committed. Some names are long, some schools sent nothing for a year or
two, one sent nothing at all. The same number of schools gives the same workbooks.
"""

import random
import sys
from pathlib import Path

from openpyxl import Workbook

YEARS = ("2021", "2022", "2023", "2024")
LAST = "2024"  # over in March, like that of the sample
STAGES = (
    ("nominated", "Cử đi học lớp bồi dưỡng nhận thức về Đảng"),
    ("trained", "Được cấp giấy chứng nhận"),
    ("proposed", "Chi bộ đề nghị kết nạp"),
    ("admitted", "Được kết nạp"),
)
GROUPS = {"student": "Học sinh", "staff": "Cán bộ, giáo viên, nhân viên"}
SIZES = {"student": (4, 30, 0.18), "staff": (1, 7, 0.35)}  # trained a year: fewest, most; share admitted a year
SYLLABLES = ("Bình", "Cao", "Đông", "Giang", "Hòa", "Khánh", "Lâm", "Mỹ", "Nghĩa", "Phước", "Sơn", "Tân", "Vĩnh", "Yên")
LONG = "Trường Trung học phổ thông Dân tộc nội trú {} (cơ sở 2, huyện Sơn Hà cũ)"
REASONS = ("Chưa đủ 18 tuổi", "Hồ sơ chưa hoàn thiện", "Lý do khác")
HEAD = """[collection]
title = "Phát triển đảng viên trong các trường THPT toàn tỉnh"
periods = ["2021", "2022", "2023", "2024"]
as_of = 2024-03-14
illustrative = true
[organisation]
parent = "ĐẢNG BỘ TỈNH MINH HỌA"
name = "TỈNH ỦY MINH HỌA"
board = "BAN TỔ CHỨC"
place = "Minh Họa"
"""

Cohorts = dict[tuple[str, str, str], int]  # measure, cohort, year


def make(folder: Path, schools: int) -> None:
    """Write collection.toml and one workbook for each school but the last."""
    folder.mkdir(parents=True, exist_ok=True)
    names = school_names(schools)
    listed = "".join(f'[[schools]]\nid = "truong-{n:02}"\nname = "{name}"\n' for n, name in enumerate(names, 1))
    (folder / "collection.toml").write_text(HEAD + listed, encoding="utf-8")
    for number, name in enumerate(names[:-1], start=1):
        chance = random.Random(number)
        missing = YEARS[: number % 3] if number % 11 == 0 else ()
        write_school(folder / f"truong-{number:02}.xlsx", name, missing, chance)


def school_names(schools: int) -> list[str]:
    """Return so many different names, every ninth of them long."""
    chance = random.Random(7)
    pairs = [f"{one} {two}" for one in SYLLABLES for two in SYLLABLES if one != two]
    chosen = chance.sample(pairs, schools)
    return [LONG.format(name) if n % 9 == 4 else f"Trường THPT {name}" for n, name in enumerate(chosen)]


def write_school(path: Path, name: str, missing: tuple[str, ...], chance: random.Random) -> None:
    """Write one school's returns: steps and targets, courses, who was not admitted."""
    book = Workbook()
    cohorts = {group: draw_cohorts(group, chance) for group in GROUPS}
    steps = book.active
    steps.title = "Kết quả"
    write_steps(steps, name, cohorts, missing, chance)
    for group, label in GROUPS.items():
        write_cohorts(
            book.create_sheet(f"Khóa học {'HS' if group == 'student' else 'CBGVNV'}"), name, label, cohorts[group]
        )
    write_reasons(book.create_sheet("Lý do"), name, cohorts["student"], chance)
    book.save(path)


def draw_cohorts(group: str, chance: random.Random) -> Cohorts:
    """Return how many were trained in each year, and what became of them year by year."""
    fewest, most, share = SIZES[group]
    drawn: Cohorts = {}
    for cohort in YEARS:
        left = drawn["trained", cohort, cohort] = chance.randint(fewest, most) // (3 if cohort == LAST else 1)
        for year in YEARS[YEARS.index(cohort) :]:
            part = share / 4 if year == LAST else share
            admitted = sum(chance.random() < part for _ in range(left))
            gone = (
                0
                if year == LAST
                else sum(chance.random() < (0.4 if group == "student" else 0.02) for _ in range(left - admitted))
            )
            drawn["admitted", cohort, year], drawn["departed", cohort, year] = admitted, gone
            left -= admitted + gone
    return drawn


def added_up(cohorts: Cohorts, measure: str, year: str) -> int:
    """Return a year's number over all courses."""
    return sum(n for (what, _, when), n in cohorts.items() if (what, when) == (measure, year))


def write_steps(sheet, name: str, cohorts: dict[str, Cohorts], missing: tuple[str, ...], chance: random.Random) -> None:
    """Write a section for each group, a row for each step and target, a column for each year sent."""
    years = [year for year in YEARS if year not in missing]
    lines = [[name.upper()], ["BÁO CÁO KẾT QUẢ PHÁT TRIỂN ĐẢNG VIÊN"], ["(Số liệu tính đến ngày 14-3-2024)"], []]
    lines.append(["STT", "Nội dung", *(f"Năm {year}" for year in years)])
    for ordinal, (group, label) in zip(["I", "II"], GROUPS.items(), strict=True):
        lines.append([ordinal, label.upper()])
        for number, (measure, words) in enumerate(STAGES, start=1):
            lines.append([number, words, *(step(cohorts[group], measure, year) for year in years)])
        target = chance.randint(1, 5)
        lines.append([len(STAGES) + 1, "Chỉ tiêu kết nạp", *(target for _ in years)])
    for line in lines:
        sheet.append(line)


def step(cohorts: Cohorts, measure: str, year: str) -> int:
    """Return one step of one year: everybody sent finishes, everybody proposed is admitted."""
    return added_up(cohorts, {"nominated": "trained", "proposed": "admitted"}.get(measure, measure), year)


def write_cohorts(sheet, name: str, label: str, cohorts: Cohorts) -> None:
    """Write a row for each course: trained, then admitted and gone in each year."""
    leaving = "Ra trường" if label == GROUPS["student"] else "Chuyển công tác"
    for line in ([name.upper()], ["KẾT QUẢ KẾT NẠP ĐẢNG THEO KHÓA HỌC"], [f"Đối tượng: {label}"], []):
        sheet.append(line)
    sheet.append(["STT", "Khóa học", "Số được cấp GCN", "Kết nạp", *[None] * 3, f"{leaving} khi chưa kết nạp"])
    sheet.append([None] * 3 + [f"Năm {year}" for year in YEARS * 2])
    for span in ("A5:A6", "B5:B6", "C5:C6", "D5:G5", "H5:K5"):
        sheet.merge_cells(span)
    for number, cohort in enumerate(YEARS, start=1):
        numbers = [cohorts.get((measure, cohort, year)) for measure in ("admitted", "departed") for year in YEARS]
        sheet.append([number, f"Khóa {cohort}", cohorts["trained", cohort, cohort], *numbers])


def write_reasons(sheet, name: str, cohorts: Cohorts, chance: random.Random) -> None:
    """Write why those who left were not admitted."""
    left = sum(added_up(cohorts, "departed", year) for year in YEARS)
    young = left - chance.randint(0, left // 3)
    papers = chance.randint(0, left - young)
    title = "LÝ DO HỌC SINH ĐÃ HỌC LỚP NHẬN THỨC VỀ ĐẢNG CHƯA ĐƯỢC KẾT NẠP, NĂM 2024"
    for line in ([name.upper()], [title], [], ["STT", "Lý do chính", "Số học sinh chưa được kết nạp"]):
        sheet.append(line)
    for number, row in enumerate(zip(REASONS, (young, papers, left - young - papers), strict=True), start=1):
        sheet.append([number, *row])


if __name__ == "__main__":
    make(Path(sys.argv[2]), int(sys.argv[1]))
