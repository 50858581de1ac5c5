"""How far the numbers can be trusted: what came, what was wrong, what was published, where all of it comes from."""

import pandas as pd

from dangvien_analysis import charts, listing, measures, periods, sentences, store
from dangvien_analysis.blocks import Block, bullets, heading, note, say, table
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.sections.faults import NOTHING_WRONG
from dangvien_analysis.sections.section import Section, View, capital, chart, instead_of, view
from dangvien_analysis.text import date_text, join_words, number
from dangvien_analysis.vocabulary import label

DRAWN_SCHOOLS = 20  # of more than this only those are drawn of whom something is missing
DRAWN_MISSING = 40  # more rows than this cannot be read in one chart
SHOWN_FINDINGS = 30
SHOWN_FILES = 60
PUBLISHED = "Đối chiếu số liệu đã công bố"
PUBLISHED_HOW = "Cộng từ báo cáo của tất cả các đơn vị, trong đúng các kỳ của số đã công bố."
NO_FINDINGS = "Bản công bố không kèm danh sách điều cần xem lại, vì danh sách nêu từng ô trong báo cáo của trường."
NO_CORRECTIONS = "Bản công bố không kèm danh sách số đã sửa, cảnh báo đã chấp nhận, vì đó là số của từng trường."
NO_FILES = "Bản công bố không kèm danh sách tệp và địa chỉ ô, vì từ đó có thể dò ra số đã che."
UNCORRECTED = "Không có số nào được sửa và không có cảnh báo nào được chấp nhận sau khi nhận báo cáo."
CORRECTED = {
    "correction": "số được sửa theo lời báo lại của trường",
    "acceptance": "cảnh báo được chấp nhận có nêu lý do",
}


def coverage(chosen: Parameters, said: bool = False) -> Section:
    """Show whose numbers are missing, and for when; `said` where the summary above has said so."""
    seen = view(chosen)
    rows = chosen.reported()
    told = None if said else say(sentences.coverage(rows, seen.names, seen.as_of))
    return Section(told, bullets(*seen.reorganised), _coverage_figure(rows, seen))


def _coverage_figure(rows: pd.DataFrame, seen: View) -> Block:
    schools, who = rows["school"].nunique(), sentences.reporter(seen.names)
    if not schools:
        return instead_of(["figure"], "Chưa có báo cáo nào nên không vẽ bảng theo dõi.")
    caption = f"{capital(who)} nào đã báo cáo kỳ nào"
    if schools > DRAWN_SCHOOLS:
        caption = f"Các {who} còn thiếu báo cáo"
        rows = rows[rows["school"].isin(rows.loc[rows["expected"] & ~rows["reported"], "school"])]
    whole = rows["reported"].all() and rows["expected"].all()
    if rows.empty or (whole and rows["period"].nunique() == 1):
        return instead_of(["figure"], f"Cả {number(schools)} {who} đã báo cáo đủ nên không vẽ bảng theo dõi.")
    if rows["school"].nunique() > DRAWN_MISSING:
        return instead_of(["figure"], f"Có {number(schools)} {who}, quá nhiều để vẽ; câu trên nêu phần còn thiếu.")
    data, labels = _reported(rows, seen), {"school": capital(who)}
    return chart(charts.draw_coverage, charts.describe_coverage, rows, caption, seen, data, labels=labels)


def _reported(rows: pd.DataFrame, seen: View) -> pd.DataFrame:
    """Return one row per school and one column per period: reported, not reported, or not there at the time."""
    words = rows.assign(word=rows["reported"].map({True: "có", False: "chưa"}))
    schools, names = (list(dict.fromkeys(rows[column])) for column in ("school", "period"))
    wide = words.pivot(index="school", columns="period", values="word").reindex(index=schools, columns=names).fillna("")
    wide = wide.rename(index=lambda school: sentences.name_of(school, seen.names), columns=periods.label)
    return wide.rename_axis(columns=None).reset_index()


def published(chosen: Parameters, level: int = 0) -> Section:
    """Show whether the returns add up to what was made public: always over all schools and exactly its periods.

    With a `level` it has a heading of its own, where there is anything to show.
    """
    returns = chosen.returns
    names = sentences.names_of(returns.collection)
    rows = measures.reconcile(returns.counts, returns.collection)
    if rows.empty:
        return Section(instead_of(["table"], "Bộ số liệu này không ghi số nào đã công bố để đối chiếu."))
    shown = rows.assign(
        group=[_what(row, names) for row in rows.itertuples()],
        periods=[_span(text) for text in rows["periods"]],
        agrees=[_verdict(row) for row in rows.itertuples()],
    )
    columns = ["group", "periods", "published", "computed", "agrees", "source"]
    labels = {"group": "Chỉ số", "periods": "Các kỳ", "agrees": "Kết quả"}
    notes = list(dict.fromkeys(text for text in rows["note"] if text))
    block = table(shown[columns], PUBLISHED, labels=labels, note="; ".join(notes))
    head = (heading(PUBLISHED, level), say(PUBLISHED_HOW)) if level else ()
    return Section(*head, say(sentences.reconcile(rows, names)), block)


def _what(row, names: dict[str, str]) -> str:
    words = sentences.FLOW_WORDS.get(row.measure) or label("measure", row.measure)
    return f"{capital(sentences.group_name(row.group, names))}: {words}"


def _verdict(row) -> str:
    if row.agrees:
        return "khớp"
    return "chưa có số liệu" if pd.isna(row.computed) else f"KHÔNG KHỚP, lệch {number(abs(row.difference))}"


def _span(text: str) -> str:
    names = [periods.label(period) for period in text.split(", ")]
    return names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"


def findings(chosen: Parameters) -> Section:
    """Show how many files could be read, and which numbers were not taken."""
    if chosen.publication:
        return Section(instead_of(["table"], NO_FINDINGS))
    returns = chosen.returns
    names = sentences.names_of(returns.collection)
    wanted = returns.findings[returns.findings["level"].isin(("error", "warning"))]
    told = [sentences.files_read(returns.files), f"Nhận được {number(len(returns.counts))} số.", _tally(wanted)]
    if wanted.empty:
        return Section(say(*told), instead_of(["table"], NOTHING_WRONG))
    shown = wanted.head(SHOWN_FINDINGS)
    more = f"Còn {number(len(wanted) - len(shown))} điều nữa trong counts.xlsx." if len(wanted) > len(shown) else ""
    frame = pd.DataFrame(
        {
            "level": shown["level"].map(listing.LEVEL_LABELS),
            "place": [_place(row, names) for row in shown.itertuples()],
            "message": shown["message"],
        }
    )
    block = table(frame, "Điều cần xem lại trong các báo cáo", labels={"place": "Ở đâu"}, note=more)
    return Section(say(*told), block)


def corrections(chosen: Parameters) -> Section:
    """Show which numbers are not the ones in the workbooks, and which warnings were accepted: since when, and why.

    What could not be applied changed nothing; it stands among the findings.
    """
    if chosen.publication:
        return Section(instead_of(["table"], NO_CORRECTIONS))
    rows = chosen.returns.corrections
    asked = chosen.schools if len(chosen.schools) < len(chosen.returns.collection.schools) else ()
    mine = rows["school"].isin(chosen.schools) if asked else pd.Series(True, index=rows.index)
    rows = rows[(rows["status"] == "applied") & mine]
    if rows.empty:
        return Section(instead_of(["table"], UNCORRECTED))
    names = sentences.names_of(chosen.returns.collection)
    counted = rows["kind"].value_counts()
    parts = [f"{number(counted[kind])} {words}" for kind, words in CORRECTED.items() if kind in counted]
    shown = rows.head(SHOWN_FINDINGS)
    more = f"Còn {number(len(rows) - len(shown))} dòng nữa trong counts.xlsx." if len(rows) > len(shown) else ""
    frame = pd.DataFrame(
        {
            "date": shown["date"].map(date_text),
            "place": [_place(row, names) for row in shown.itertuples()],
            "school": [sentences.name_of(row.school, names) for row in shown.itertuples()],
            "what": [_corrected(row) for row in shown.itertuples()],
            "reason": shown["reason"],
        }
    )
    labels = {"date": "Ngày", "place": "Ở đâu", "what": "Đã sửa"}
    block = table(frame, "Số đã sửa và cảnh báo đã chấp nhận sau khi nhận báo cáo", labels=labels, note=more)
    return Section(say(f"Sau khi nhận báo cáo có {join_words(parts)}."), block)


def _corrected(row) -> str:
    if row.kind == "acceptance":
        return f"chấp nhận cảnh báo: {row.old}"
    return f"{row.old or 'để trống'} → {row.new}"


def _tally(wanted: pd.DataFrame) -> str:
    counted = wanted["level"].value_counts()
    words = {"error": "lỗi làm số liệu chưa nhận được", "warning": "điều cần xem lại"}
    parts = [f"{number(counted[level])} {text}" for level, text in words.items() if level in counted]
    return f"Có {join_words(parts)}." if parts else ""


def _place(row, names: dict[str, str]) -> str:
    place = [row.file, row.sheet and f"trang «{row.sheet}»", row.cell and f"ô {row.cell}"]
    return ", ".join(part for part in place if part) or sentences.name_of(row.school, names)


def sources(chosen: Parameters) -> Section:
    """Tell where everything comes from: files with their hash, what the office gave as context, which program."""
    if chosen.publication:
        mark = chosen.origin()["source"][:12]
        made = f"Tính bằng dangvien-analysis {store.version()}, dấu số liệu công bố {mark}."
        return Section(instead_of(["table"], NO_FILES), note(made))
    returns = chosen.returns
    files = returns.files.head(SHOWN_FILES)
    shown = files.assign(status=files["status"].map(listing.STATUS_LABELS), sha256=files["sha256"].str[:12])
    labels = {"status": "Tình trạng", "counts": "Số liệu", "errors": "Lỗi", "warnings": "Cần xem lại"}
    labels["sha256"] = "Dấu tệp (SHA-256)"
    more = f"Còn {number(len(returns.files) - len(files))} tệp nữa." if len(returns.files) > len(files) else ""
    block = table(
        shown[["file", "status", "counts", "errors", "warnings", "sha256"]],
        "Các tệp đã đọc",
        labels=labels,
        folded=True,
        note=more,
    )
    context = bullets(*[f"{key}: {value}." for key, value in returns.collection.context.items()])
    made = f"Tính bằng dangvien-analysis {store.version()}, dấu nguồn {store.source_hash(returns.collection)[:12]}."
    lead = heading("Thông tin kèm theo bộ số liệu, ghi nguyên văn", 3) if context else None
    return Section(lead, context, block, note(made))
