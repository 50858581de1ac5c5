"""Marks in one worksheet: colours laid over cells, comments, and what an earlier check left taken out.

A colour is a rule of conditional formatting that always holds, so the cell's own fill stays below it untouched: when
the rule is taken out, the sheet looks as it did. The rule's formula names this program, and is known again by that.
"""

import re

from dangvien_analysis.marking import boxes, comments
from dangvien_analysis.marking.draft import Draft, refers_outside, without_lost
from dangvien_analysis.marking.notes import Note, by_cell
from dangvien_analysis.marking.outline import Edit, Element, as_bytes, outline, removed, spliced
from dangvien_analysis.marking.styles import ERROR, INFO, WARNING, own_namespace
from dangvien_analysis.reading.assemble import Range
from dangvien_analysis.reading.cells import address
from dangvien_analysis.reading.ranges import parse_range

_RULE = re.compile(rb"LEN\s*\(\s*(?:\"|&quot;|&#34;)dangvien:")
_PRIORITY = re.compile(rb'(\spriority\s*=\s*")([0-9]{1,9})(")')
_SELECTED = re.compile(rb'\stabSelected\s*=\s*(?:"[^"]*"|\'[^\']*\')')
_FORMULA = re.compile(
    rb"<(?P<tag>(?:\w+:)?f)(?P<said>(?:\s[^<>]*?)?)(?:/>|>(?P<text>[^<]*)</(?P=tag)>)"
    rb"(?P<gap>\s*)(?P<value><(?:\w+:)?v\s*>[^<]+</(?:\w+:)?v\s*>)?"
)
_SHARED = re.compile(rb'\bsi\s*=\s*"([0-9]+)"')

_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)


def mark_sheet(draft: Draft, part: str, notes: list[Note], styles: dict[str, int], number: int) -> None:
    """Put the notes of one sheet into it, in place of those of an earlier check.

    `styles` are the numbers of the differential styles by level, `number` is the sheet's own.
    """
    data = without_lost(draft.parts[part], draft.lost.get(part, set()))
    notes = _in_view(data, notes)
    data = _mark_cells(_without_other_files(data), notes, styles)
    draft.parts[part] = _comment_cells(draft, part, data, by_cell([n for n in notes if n.level != INFO]), number)


def _in_view(data: bytes, notes: list[Note]) -> list[Note]:
    """Return the notes with each cell that a merge covers named by the cell in view: a covered one bears no mark."""
    merges = outline(data, 2, ("sheetData",)).find("mergeCells")
    ranges = [parse_range(merge.attributes.get("ref", "")) for merge in merges.children] if merges and notes else []
    return [note._replace(cells=" ".join(_shown(cells, ranges) for cells in note.ranges)) for note in notes]


def _shown(cells: str, merges: list[Range]) -> str:
    if ":" in cells:
        return cells
    row, column = parse_range(cells)[:2]
    return next((address(r1, c1) for r1, c1, r2, c2 in merges if r1 <= row <= r2 and c1 <= column <= c2), cells)


def unselect(data: bytes) -> bytes:
    """Return a sheet that is not selected: what is typed into one of several selected sheets goes into all."""
    views = outline(data, 1, ("sheetData",)).find("sheetViews")
    if views is None:
        return data
    return spliced(data, [(views.start, views.end, _SELECTED.sub(b"", data[views.start : views.end]))])


# --- colours ----------------------------------------------------------------------------------------------------


def _mark_cells(data: bytes, notes: list[Note], styles: dict[str, int]) -> bytes:
    root = outline(data, 2, ("sheetData",))
    edits = [edit for child in root.children for edit in _without_rules(data, child)]
    made = "".join(_rule(root, level, notes, styles[level]) for level in (ERROR, WARNING))
    place = _place_of(root, "conditionalFormatting")
    return spliced(data, [(place, place, as_bytes(made)), *edits])


def _without_rules(data: bytes, child: Element) -> list[Edit]:
    """Return the edits that take out an earlier check's rules, and make room before those of the school."""
    content = data[child.start : child.end]
    if child.name != "conditionalFormatting":
        return [(child.start, child.end, _later(content))] if child.name == "extLst" else []
    rules = [rule for rule in child.children if rule.name == "cfRule"]
    ours = [rule for rule in rules if _RULE.search(data, rule.start, rule.end)]
    if not ours:
        return [(child.start, child.end, _later(content))]
    return [removed(child)] if len(ours) == len(rules) else [removed(rule) for rule in ours]


def _later(rules: bytes) -> bytes:
    return _PRIORITY.sub(lambda match: match[1] + str(int(match[2]) + 2).encode() + match[3], rules)


def _rule(root: Element, level: str, notes: list[Note], style: int) -> str:
    ranges = list(dict.fromkeys(cells for note in notes if note.level == level for cells in note.ranges))
    if not ranges:
        return ""
    priority = 1 if level == ERROR else 2
    return (
        f'<conditionalFormatting{own_namespace(root)} sqref="{" ".join(ranges)}"><cfRule type="expression" '
        f'dxfId="{style}" priority="{priority}"><formula>LEN("dangvien:{level}")&gt;0</formula></cfRule>'
        "</conditionalFormatting>"
    )


def _place_of(root: Element, name: str) -> int:
    """Return where a child of a name goes: the standard has one order for all."""
    rank = _ORDER.index(name)
    later = (child.start for child in root.children if child.name in _ORDER and _ORDER.index(child.name) >= rank)
    return next(later, root.inner_end)


# --- comments ---------------------------------------------------------------------------------------------------


def _comment_cells(draft: Draft, part: str, data: bytes, noted: dict[str, list[Note]], number: int) -> bytes:
    own: dict[str, comments.Comment] = {}
    for link in draft.linked(part, "comments"):
        own |= comments.read_comments(draft.parts[link.target])
        draft.drop(part, link)
    data = _without_boxes(draft, part, data)
    said = comments.with_notes(own, noted)
    if not said:
        return data
    root = outline(data, 1, ("sheetData",))
    widths = outline(data, 2, ("sheetData",)).find("cols")
    texts = {cell: comment.text for cell, comment in said.items()}
    columns = boxes.column_widths([column.attributes for column in widths.children] if widths else [])
    listed = draft.add("xl/comments{}.xml", comments.COMMENTS_TYPE, comments.comments_xml(said, root.namespace))
    drawn = draft.add("xl/drawings/vmlDrawing{}.vml", boxes.VML_TYPE, boxes.boxes_xml(texts, columns, number))
    draft.link(part, f"{draft.kinds}/comments", listed)
    name = draft.link(part, f"{draft.kinds}/vmlDrawing", drawn)
    box = f'<legacyDrawing{own_namespace(root)} xmlns:dvr="{draft.kinds}" dvr:id="{name}"/>'
    place = _place_of(root, "legacyDrawing")
    return spliced(data, [(place, place, as_bytes(box))])


def _without_boxes(draft: Draft, part: str, data: bytes) -> bytes:
    box = outline(data, 1, ("sheetData",)).find("legacyDrawing")
    if box is None:
        return data
    ids = {value for key, value in box.attributes.items() if key.endswith(":id")}
    for link in draft.linked(part, "vmlDrawing"):
        if link.id in ids:
            draft.drop(part, link)
    return spliced(data, [removed(box)])


# --- formulas that lead to other files --------------------------------------------------------------------------


def _without_other_files(data: bytes) -> bytes:
    """Keep the value of a formula that names another file, without the formula; one without a value stays a fault."""
    if not refers_outside(data):
        return data
    root = outline(data, 1, ("sheetData",))
    edits: list[Edit] = []
    for child in root.children:
        content = data[child.start : child.end]
        if child.name == "sheetData":
            edits.append((child.start, child.end, _values_only(content)))
        elif refers_outside(content):
            edits.append(removed(child))
    return spliced(data, edits)


def _values_only(rows: bytes) -> bytes:
    outside = [match for match in _FORMULA.finditer(rows) if refers_outside(match["text"] or b"")]
    shared = {found[1] for match in outside if (found := _SHARED.search(match["said"]))}

    def value_only(match: re.Match[bytes]) -> bytes:
        same = _SHARED.search(match["said"])
        if not refers_outside(match["text"] or b"") and not (same and same[1] in shared):
            return match[0]
        if match["value"]:
            return match["value"]
        return b"<" + match["tag"] + b">NA()</" + match["tag"] + b">"

    return _FORMULA.sub(value_only, rows)
