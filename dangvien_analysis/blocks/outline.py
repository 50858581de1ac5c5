"""Put the blocks of a report in their final order: title, numbered captions, headings without gaps, annex."""

import re

from dangvien_analysis.blocks.block import tidy_text

TABLE_WORD, CHART_WORD, ANNEX_WORD = "Bảng", "Biểu đồ", "Bảng PL"
_IDS = {TABLE_WORD: "bang-", CHART_WORD: "bieu-do-", ANNEX_WORD: "bang-pl-"}
ABSENT_TITLE = "Những phần không có trong báo cáo này"
ANNEX_TITLE = "Phụ lục: Số liệu và nguồn"


def arrange(blocks: list[dict], title: str) -> list[dict]:
    """Return the blocks as both reports set them, each with what its place gives it.

    The title comes first (a letterhead, else the first heading of level 1, else `title`); headings below it start at
    level 2 and never skip one; what was just said is not said again; sections for which there are no data are told in
    one list; tables and charts are numbered; a folded table carries the number it has in the annex.
    """
    return _numbered(_levelled(_without_empty(_without_echoes(_with_title(blocks, title)))))


def _with_title(blocks: list[dict], title: str) -> list[dict]:
    """Put the title first and drop the heading it repeats; a second heading of level 1 is a section."""
    heads = [block for block in blocks if block["kind"] == "heading" and block["level"] == 1]
    letterheads = [block for block in blocks if block["kind"] == "letterhead"]
    alone = {"kind": "title", "title": heads[0]["text"] if heads else tidy_text(title)}
    opening = letterheads[:1] or [{**alone, "subtitle": "", "as_of": "", "coverage": ""}]
    dropped = {id(block) for block in [*heads[:1], *letterheads]}
    return [*opening, *(block for block in blocks if id(block) not in dropped)]


def _without_echoes(blocks: list[dict]) -> list[dict]:
    """Drop a note that repeats the one before it: of pupils and of staff the same may have to be said."""
    before = [None, *blocks]
    return [block for block, last in zip(blocks, before, strict=False) if block["kind"] != "note" or block != last]


def _without_empty(blocks: list[dict]) -> list[dict]:
    """Take out sections that say no more than why they are empty, and list them where the last of them stood.

    A report of little data would else be pages of headings with nothing under them.
    """
    sections = _sections(blocks)
    empty = [section for section in sections if _is_empty(section)]
    if len(empty) < 2:
        return blocks
    done: list[dict] = []
    for section in sections:
        done += [] if _is_empty(section) else section
        done += _list_of(empty) if section is empty[-1] else []
    return done


def _sections(blocks: list[dict]) -> list[list[dict]]:
    """Return the blocks in runs, each begun by a heading of a section or a page break."""
    sections: list[list[dict]] = [[]]
    for block in blocks:
        if block["kind"] == "page_break" or (block["kind"] == "heading" and block["level"] <= 2):
            sections.append([])
        sections[-1].append(block)
    return sections


def _is_empty(section: list[dict]) -> bool:
    """Tell whether a section holds a reason for its emptiness, and beside it only headings and words set by hand."""
    told = [block for block in section[1:] if block["kind"] != "heading" and not block.get("written")]
    return bool(told) and section[0]["kind"] == "heading" and all(block.get("absent") for block in told)


def _list_of(empty: list[list[dict]]) -> list[dict]:
    title = {"kind": "heading", "level": 2, "text": ABSENT_TITLE, "id": ""}
    items = [[{"kind": "paragraph", "runs": _reasons(section)}] for section in empty]
    return [title, {"kind": "list", "ordered": False, "items": items}]


def _reasons(section: list[dict]) -> list[dict]:
    reasons = dict.fromkeys(block["absent"] for block in section if block.get("absent"))
    name = {"text": f"{section[0]['text']}. ", "strong": True, "em": False}
    return [name, {"text": " ".join(reasons), "strong": False, "em": False}]


def _levelled(blocks: list[dict]) -> list[dict]:
    level, count, done = 1, 0, []
    for block in blocks:
        if block["kind"] != "heading":
            done.append(block)
            continue
        level, count = min(max(block["level"], 2), level + 1), count + 1
        done.append({**block, "level": level, "id": f"muc-{count}"})
    return done


def _numbered(blocks: list[dict]) -> list[dict]:
    counts = {TABLE_WORD: 0, CHART_WORD: 0, ANNEX_WORD: 0}
    number = {"table": _numbered_table, "figure": _numbered_figure}
    return [number[block["kind"]](block, counts) if block["kind"] in number else block for block in blocks]


def _numbered_figure(block: dict, counts: dict) -> dict:
    number = _next(counts, CHART_WORD)
    data = {**block["data"], "kind": "table", "caption": f"Số liệu của {number.lower()}: {block['caption']}"}
    return {**block, "number": number, "id": _id(number), "data": _numbered_table(data, counts)}


def _numbered_table(block: dict, counts: dict) -> dict:
    number = _next(counts, ANNEX_WORD if block["folded"] else TABLE_WORD)
    return {**block, "number": number, "id": _id(number)}


def _next(counts: dict, word: str) -> str:
    counts[word] += 1
    return f"{word}{counts[word]}" if word == ANNEX_WORD else f"{word} {counts[word]}"


def _id(number: str) -> str:
    return _IDS[number.rstrip("0123456789").strip()] + re.search(r"\d+$", number)[0]


def annex(arranged: list[dict]) -> list[dict]:
    """Return the tables that fold on a screen: in print they stand together at the end."""
    behind = (block["data"] if block["kind"] == "figure" else block for block in arranged)
    return [block for block in behind if block.get("folded")]
