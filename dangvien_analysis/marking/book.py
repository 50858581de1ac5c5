"""The marked copy of a workbook file as a whole, and the list as a workbook of its own."""

from dangvien_analysis.marking.draft import Draft, load_draft, refers_outside, without_lost
from dangvien_analysis.marking.links import Link
from dangvien_analysis.marking.list_sheet import Letter, list_xml
from dangvien_analysis.marking.notes import Note
from dangvien_analysis.marking.outline import Edit, Element, as_bytes, outline, quoted, removed, spliced
from dangvien_analysis.marking.sheets import mark_sheet, unselect
from dangvien_analysis.marking.styles import EMPTY, ERROR, WARNING, Styles
from dangvien_analysis.reading import refusal
from dangvien_analysis.reading.own_list import LIST_SHEET, is_list
from dangvien_analysis.reading.parts import Package
from dangvien_analysis.reading.refusal import Unreadable
from dangvien_analysis.reading.xlsx import read_xlsx

_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BLANK = f'<workbook xmlns="{_SPACE}" xmlns:r="{_OFFICE}"><sheets></sheets></workbook>'.encode()

# Of a workbook: who may write it, where it lay on its owner's machine, what Excel would repair.
_STAYS_BEHIND = frozenset({"fileSharing", "AlternateContent", "fileRecoveryPr", "webPublishing", "webPublishObjects"})
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_MAX_NAME = 31  # letters of a sheet's name


def marked_copy(data: bytes, letter: Letter, notes: list[Note]) -> bytes:
    """Return a copy of the workbook file `data` with its cells marked and the list as its first sheet.

    Raises Unreadable for a file that is damaged in any part: it cannot be changed with certainty.
    """
    draft = load_draft(Package(data))
    main = _main(draft)
    sheets = _sheets(draft, main)
    styles = _styles(draft, main)
    marks = {level: styles.mark(level) for level in (ERROR, WARNING)}
    ours = []
    for number, (name, is_own, link) in enumerate(zip(*_names(data), sheets, strict=True), 2):
        if is_own:
            ours.append(link)
            continue
        mark_sheet(draft, link.target, [note for note in notes if note.sheet == name], marks, number)
    for link in draft.linked(main, "worksheet", "chartsheet"):
        draft.parts[link.target] = unselect(draft.parts[link.target])
    _put_list(draft, main, ours, list_xml(letter, notes, styles))
    draft.parts[_style_part(draft, main)] = styles.data()
    return draft.zipped()


def list_only(letter: Letter, notes: list[Note]) -> bytes:
    """Return a workbook that holds the list alone."""
    draft, styles = Draft(), Styles()
    main = draft.add("xl/workbook{}.xml", _MAIN_TYPE, _BLANK)
    draft.links[""] = [Link("rId1", f"{_OFFICE}/officeDocument", main)]
    _add_styles(draft, main)
    _put_list(draft, main, [], list_xml(letter, notes, styles))
    draft.parts[_style_part(draft, main)] = styles.data()
    return draft.zipped()


def _main(draft: Draft) -> str:
    found = draft.linked("", "officeDocument")
    if not found:
        raise Unreadable(refusal.DAMAGED)
    draft.types[found[0].target.lower()] = _MAIN_TYPE  # also of what held macros, or was a template
    return found[0].target


def _sheets(draft: Draft, main: str) -> list[Link]:
    """Return the relations of the worksheets in the order of the workbook."""
    links = {link.id: link for link in draft.linked(main, "worksheet")}
    return [links[name] for name in map(_relation, _listed(draft, main)) if name in links]


def _listed(draft: Draft, main: str) -> tuple[Element, ...]:
    sheets = outline(draft.parts[main]).find("sheets")
    if sheets is None:
        raise Unreadable(refusal.DAMAGED)
    return sheets.children


def _relation(sheet: Element) -> str:
    return next((value for key, value in sheet.attributes.items() if key.endswith(":id")), "")


def _names(data: bytes) -> tuple[list[str], list[bool]]:
    """Return the names of the worksheets as the loader reads them, and which are an earlier check's list."""
    workbook = read_xlsx(Package(data))
    if any(problem.level == ERROR and problem.code == "unreadable_sheet" for problem in workbook.problems):
        raise Unreadable(refusal.DAMAGED_SHEET)
    return [sheet.name for sheet in workbook.sheets], [is_list(sheet) for sheet in workbook.sheets]


# --- styles -----------------------------------------------------------------------------------------------------


def _style_part(draft: Draft, main: str) -> str:
    return draft.linked(main, "styles")[0].target


def _styles(draft: Draft, main: str) -> Styles:
    if not draft.linked(main, "styles"):
        _add_styles(draft, main)
    return Styles(draft.parts[_style_part(draft, main)])


def _add_styles(draft: Draft, main: str) -> None:
    draft.link(main, f"{draft.kinds}/styles", draft.add("xl/styles{}.xml", _STYLES_TYPE, EMPTY))


# --- the list as the first sheet --------------------------------------------------------------------------------


def _put_list(draft: Draft, main: str, ours: list[Link], made: tuple[str, int]) -> None:
    """Put the list before the other sheets, in place of those of an earlier check."""
    content, head = made
    before = [_relation(sheet) for sheet in _listed(draft, main)]
    for link in ours:
        draft.drop(main, link)
    data = without_lost(draft.parts[main], draft.lost.get(main, set()))
    root = outline(data)
    sheet = as_bytes(f'<worksheet xmlns="{root.namespace or _SPACE}">{content}</worksheet>')
    part = draft.add("xl/worksheets/canSua{}.xml", _SHEET_TYPE, sheet)
    relation = draft.link(main, f"{draft.kinds}/worksheet", part)
    after = [relation, *(_relation(sheet) for sheet in root.find("sheets").children)]
    draft.parts[main] = _with_list(data, root, _entry(root, relation, draft.kinds), _moved(before, after), head)


def _moved(before: list[str], after: list[str]) -> dict[str, int]:
    """Return the new place of each sheet by its old one: names that hold on one sheet know it by its place."""
    return {str(place): after.index(sheet) for place, sheet in enumerate(before) if sheet in after}


def _entry(root: Element, relation: str, kinds: str) -> tuple[str, str]:
    """Return the name of the list's sheet and its line among the sheets."""
    sheets = root.find("sheets")
    taken = {sheet.attributes.get("name", "").casefold() for sheet in sheets.children}
    names = [LIST_SHEET, *(f"{LIST_SHEET} ({number})" for number in range(2, len(taken) + 3))]
    name = next(name for name in names if name.casefold() not in taken)[:_MAX_NAME]
    ids = [int(found) for sheet in sheets.children if (found := sheet.attributes.get("sheetId", "")).isdecimal()]
    tag = sheets.tag[: -len("sheets")] + "sheet"
    return name, (
        f'<{tag} name="{quoted(name)}" sheetId="{max(ids, default=0) + 1}" xmlns:dvr="{kinds}" dvr:id="{relation}"/>'
    )


def _with_list(data: bytes, root: Element, entry: tuple[str, str], moved: dict[str, int], head: int) -> bytes:
    name, line = entry
    edits: list[Edit] = [(root.find("sheets").inner,) * 2 + (as_bytes(line),)]
    edits += [removed(child) for child in root.children if child.name in _STAYS_BEHIND]
    if views := root.find("bookViews"):
        edits += [_first_shown(view) for view in views.children]
    edits += _names_edits(data, root, _titles(root, name, head), moved)
    return spliced(data, edits)


def _first_shown(view: Element) -> Edit:
    shown = {key: value for key, value in view.attributes.items() if key not in {"activeTab", "firstSheet"}}
    said = "".join(f' {key}="{quoted(value)}"' for key, value in shown.items())
    ending = "/>" if view.is_empty_tag else ">"
    return view.start, view.inner, as_bytes(f"<{view.tag}{said}{ending}")


def _titles(root: Element, name: str, head: int) -> str:
    tag = root.tag[: -len("workbook")] + "definedName"
    place = quoted(f"'{name}'!${head}:${head}")
    return f'<{tag} name="_xlnm.Print_Titles" localSheetId="0">{place}</{tag}>'


def _names_edits(data: bytes, root: Element, titles: str, moved: dict[str, int]) -> list[Edit]:
    names = root.find("definedNames")
    if names is None or names.is_empty_tag:
        tag = root.tag[: -len("workbook")] + "definedNames"
        place = max(child.end for child in root.children if child.name in _BEFORE_NAMES)
        old = [removed(names)] if names else []
        return [(place, place, as_bytes(f"<{tag}>{titles}</{tag}>")), *old]
    edits: list[Edit] = [(names.inner, names.inner, as_bytes(titles))]
    return edits + [edit for name in names.children if (edit := _name_edit(data, name, moved))]


def _name_edit(data: bytes, name: Element, moved: dict[str, int]) -> Edit | None:
    """Return how a defined name changes: its sheet has moved or is gone, or it leads to another file."""
    sheet = name.attributes.get("localSheetId")
    if refers_outside(data[name.inner : name.inner_end]) or (sheet is not None and sheet not in moved):
        return removed(name)
    if sheet is None:
        return None
    said = {**name.attributes, "localSheetId": str(moved[sheet])}
    attributes = "".join(f' {key}="{quoted(value)}"' for key, value in said.items())
    return name.start, name.inner, as_bytes(f"<{name.tag}{attributes}>")
