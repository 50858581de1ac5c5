"""One document with every kind of block, long and wide tables, and a school whose name tries to become code."""

from datetime import date
from types import SimpleNamespace

import pandas as pd

from dangvien_analysis import blocks, fonts
from dangvien_analysis.blocks.notebook import read_markdown

ATTACK = '<script>alert(1)</script> #let x = 1 $\\input{x}$ =HYPERLINK("a")'
LONG_NAME = "Trường Trung học phổ thông Dân tộc nội trú huyện Sơn Hà, tỉnh Thanh Lâm (cơ sở 2)"
LONG_FILE = "bao_cao_ket_qua_phat_trien_dang_vien_cua_chi_bo_truong_trung_hoc_pho_thong.xlsx"
LONG_ROWS = 150
CHART_NAME = 66  # letters of a name that leave room for bars

ORGANISATION = SimpleNamespace(
    parent="ĐẢNG BỘ TỈNH THANH LÂM", name="HUYỆN ỦY SƠN HÀ", board="BAN TỔ CHỨC", issuer="board", place="Sơn Hà"
)
COLLECTION = SimpleNamespace(organisation=ORGANISATION, as_of=date(2024, 3, 14), illustrative=True)
META = {
    "title": "Xu hướng",
    "lang": "vi",
    "notices": ["SỐ LIỆU MINH HỌA"],
    "organisation": {"name": "HUYỆN ỦY SƠN HÀ"},
    "as_of": date(2024, 3, 14),
    "coverage": "Đủ 4/4 trường, 16/16 kỳ.",
    "collection_title": "Phát triển đảng viên trong các trường THPT",
    "version": "0.0.0",
}

SCHOOLS = ["Trường THPT A", "Trường THPT B", LONG_NAME, ATTACK]
MARKDOWN = f"""# Đầu đề trong sổ tay

Số học sinh **tăng** và *kết nạp* tăng chậm; xem [Hướng dẫn 01](http://example.com/01).

- một dòng
- dòng có ý nhỏ
  - ý nhỏ

1. trước
2. sau

<b>đậm</b> {ATTACK}
"""


def draw(frame, ax) -> None:
    """Draw bars named by whatever the schools are called, as far as they fit; what is missing has none."""
    ax.barh(frame["school"].str[:CHART_NAME], frame["n"].fillna(0).astype(int))


def counts() -> pd.DataFrame:
    """Return one number for each school, the last one not reported."""
    return pd.DataFrame({"school": SCHOOLS, "n": pd.array([1234, 0, 7, None], dtype="Int64")})


def two_level_header() -> pd.DataFrame:
    """Return a table of two groups with two measures each, and its sum."""
    columns = [("school", ""), *((group, name) for group in ("Học sinh", "CBGVNV") for name in ("Học", "Kết nạp"))]
    rows = [["Trường THPT A", 1, 2, 3, 4], ["Trường THPT B", 5, 6, 7, 8], ["Cộng", 6, 8, 10, 12]]
    return pd.DataFrame(rows, columns=pd.MultiIndex.from_tuples(columns))


def wide(columns: int) -> pd.DataFrame:
    """Return a table of two schools with so many columns of five-digit numbers."""
    numbers = {f"T{n}/2023": [10000 + n, 20000 + n] for n in range(1, columns)}
    return pd.DataFrame({"school": ["Trường THPT A", "Trường THPT B"], **numbers})


def long() -> pd.DataFrame:
    """Return a table of many findings whose file names have no space."""
    message = "Ô ghi «khoảng 5», không phải là số đếm: đề nghị ghi số nguyên."
    cells = [f"C{n}" for n in range(LONG_ROWS)]
    return pd.DataFrame({"file": LONG_FILE, "cell": cells, "message": message})


def document() -> list[dict]:
    """Return the blocks of the whole document, as `read_blocks` would."""
    made = [
        blocks.letterhead(COLLECTION, "PHỤ LỤC SỐ LIỆU", "về phát triển đảng viên", coverage="Đủ 4/4 trường"),
        blocks.key_figures([("Học sinh cử đi học", "194", "từ 2021"), ("Được kết nạp", "25", "")]),
        blocks.heading("Bốn trường cử 194 học sinh đi học"),
        blocks.say("Ba khóa 2021–2023: 25/159 em.", fonts.vietnamese_letters()),
        blocks.page_break(),
        blocks.heading("Theo trường", 4),
        blocks.figure(draw, counts(), f"Số người {ATTACK}", f"Cột ngang. {ATTACK}", note="Chưa hết năm."),
        blocks.figure(draw, counts(), f"Số người {ATTACK}", f"Cột ngang. {ATTACK}", note="Chưa hết năm."),
        blocks.figure(draw, counts().iloc[:2], "Hai trường", "Cột ngang: trường A 1.234, trường B 0."),
        blocks.table(counts(), f"Số người {ATTACK}", source="báo cáo của các trường"),
        blocks.table(two_level_header(), "Hai tầng", totals=1),
        blocks.table(counts().assign(group=["Học sinh", "Học sinh", "CBGVNV", "CBGVNV"]), "Mục", sections="group"),
        blocks.banner("CHƯA ĐỦ SỐ LIỆU"),
        blocks.heading("Bảng rộng"),
        blocks.table(wide(18), "Mười tám cột"),
        blocks.table(wide(40), "Bốn mươi cột"),
        blocks.heading("Bảng dài"),
        blocks.table(long(), "Những chỗ cần xem lại"),
        blocks.table(counts().iloc[:0], "Bảng trống"),
        blocks.table(long().iloc[:60], "Bảng gấp lại", folded=True),
        blocks.note(ATTACK),
        blocks.signature(),
    ]
    listed = [block.to_dict() for block in made]
    return [*listed[:5], *read_markdown(MARKDOWN), *listed[5:]]
