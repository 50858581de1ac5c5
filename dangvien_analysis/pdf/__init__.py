"""One PDF out of a report's blocks: PDF/A-2a and PDF/UA-1, made by typst from data, never from source put together."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dangvien_analysis import fonts
from dangvien_analysis.blocks import arrange
from dangvien_analysis.blocks.block import TEMPLATES, plain
from dangvien_analysis.blocks.outline import ANNEX_TITLE, annex
from dangvien_analysis.html import page_title
from dangvien_analysis.pdf.fitting import GUTTER, LONG_WORD, PIECE, fitted, width_of

STANDARDS = ["a-2a", "ua-1"]
NO_DAY = date(2000, 1, 1)  # the standard asks for a date: without a day of the data one that nobody takes for a clock
UNKNOWN_LETTER = "□"
RUNNING_TITLE = 23.0  # ems of its type that the running head has room for, beside the number of the page
HALF_LINE = 100  # signs of small print that fit two lines of half the width
TALLEST_MM = 190  # of the 257 of a page: above it stand heading, sentence and caption, below it the remarks
SIZES = (13, 12, 11.5, 11, 10.5)  # points of the type of a report that promises its number of pages
SCANT = 600  # signs of text under which a page is not half full
_ANNEX_HEADING = {"kind": "heading", "level": 2, "text": ANNEX_TITLE, "id": ""}


class TypesettingError(Exception):
    """Tell why typst would not set a report; every warning of it counts, a missing font is only one."""


def render(blocks: list[dict], meta: dict, path: Path) -> Path:
    """Write the report to `path` and return it. The same input gives the same bytes.

    `blocks` and `meta` as `html.render` takes them; `pages` in `meta` is how many there should be at most: the type
    shrinks, within reason, until there are no more. Raises TypesettingError when the result would not be accessible,
    archivable and set in the one face.
    """
    told, most = payload(blocks, meta), meta.get("pages", 0)
    for size in SIZES if most else SIZES[:1]:
        made = _typeset({**told, "size": size})
        if _pages(made) <= most:
            break
    Path(path).write_bytes(made)
    return Path(path)


def _typeset(told: dict) -> bytes:
    import typst

    try:
        made, warnings = typst.compile_with_warnings(
            (TEMPLATES / "report.typ").read_bytes(),
            format="pdf",
            sys_inputs={"data": printable(json.dumps(told, ensure_ascii=False))},
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise TypesettingError(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if warnings:
        raise TypesettingError("; ".join(warning.message for warning in warnings))
    return made


def _pages(made: bytes) -> int:
    """Return how many pages a PDF of typst has: its tree of pages says so in plain letters."""
    return int(re.search(rb"/Type\s*/Pages[^>]*?/Count (\d+)", made)[1])


def payload(blocks: list[dict], meta: dict) -> dict:
    """Return all that the template shows: the blocks in order, tables with their widths, and the annex."""
    arranged = arrange(blocks, meta["title"])
    day = meta["as_of"] or NO_DAY
    folded = annex(arranged)
    return {
        "meta": {"lang": meta["lang"], "notices": meta["notices"]},
        "face": fonts.TEXT_FACE,
        "gutter": GUTTER,
        "long_word": LONG_WORD,
        "pieces": PIECE.pattern,
        "half_line": HALF_LINE,
        "date": [day.year, day.month, day.day],
        "title": page_title(arranged[0], meta),
        "running": _shortened(meta["collection_title"] or meta["title"]),
        "blocks": _turned([_set(block) for block in _printed(_without_scant_pages(arranged))]),
        "annex": _turned([_set(block) for block in [_ANNEX_HEADING, *folded]]) if folded else [],
    }


def _printed(blocks: list[dict]) -> Iterator[dict]:
    """Yield what stands in its place on paper: no folded table, but behind a chart the table that is shown with it."""
    for block in blocks:
        if not block.get("folded"):
            yield block
        if block["kind"] == "figure" and not block["data"]["folded"]:
            yield block["data"]


def _set(block: dict) -> dict:
    """Return a block with what only the page decides, and without what only a screen needs."""
    if block["kind"] == "figure":
        # A chart nearly as high as the page would drive its heading onto a page of its own.
        width = min(block["width_mm"], block["width_mm"] * TALLEST_MM / block["height_mm"])
        return {**block, "width_mm": width, "phone_svg": "", "data": {"number": block["data"]["number"]}}
    return fitted(block) if block["kind"] == "table" else block


def _without_scant_pages(blocks: list[dict]) -> list[dict]:
    """Drop a page break after little text, as of a small collection: its page would stand nearly empty.

    Counted beforehand, for typst cannot settle a break that depends on where it stands.
    """
    done: list[dict] = []
    signs = 0
    for block in blocks:
        if block["kind"] == "page_break":
            if signs >= SCANT:
                done.append(block)
                signs = 0
            continue
        signs += SCANT if block["kind"] in ("figure", "table") and not block.get("folded") else len(plain(block))
        signs += sum(len(part["runs"][0]["text"]) for item in block.get("items", ()) for part in item if "runs" in part)
        done.append(block)
    return done


def _turned(blocks: list[dict]) -> list[dict]:
    """Put each wide table on a page turned on its side, with its headings; neighbours share such a page."""
    done: list[dict] = []
    for block in blocks:
        if not block.get("landscape"):
            done.append(block)
            continue
        heads: list[dict] = []
        while done and done[-1]["kind"] == "heading":
            heads.insert(0, done.pop())
        if not done or done[-1]["kind"] != "turned":
            done.append({"kind": "turned", "blocks": []})
        done[-1]["blocks"] += [*heads, block]
    return done


def _shortened(text: str) -> str:
    """Return as many words as stand on one line."""
    words, shown = text.split(), text
    while len(words) > 1 and width_of(shown) > RUNNING_TITLE:
        words.pop()
        shown = f"{' '.join(words)} …"
    head = shown.rpartition(",")[0] if shown != text else ""  # better a clause less than one cut short
    return f"{head} …" if 2 * len(head) > len(shown) else shown


def printable(text: str) -> str:
    """Return a text with the letters that the face has, any other as a box: one strange sign must not stop a report."""
    known = fonts.coverage() | {"\n"}
    return "".join(letter if letter in known else UNKNOWN_LETTER for letter in text)
