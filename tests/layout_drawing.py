"""Draws one table of a generated return: headers, sections, labels, totals, and the numbers in their cells."""

from itertools import product

from layout_tables import DEFAULTS, KEY, Body, Leaf, Line, Number, Pen, Style, Table, Values, leaves, lines
from layout_words import KEY_HEADS, PERIOD_HEADS, period_kind


def draw_table(pen: Pen, table: Table, top: int) -> int:
    """Draw a table from row `top`; return the row below it."""
    columns, body = leaves(pen, table), lines(pen, table)
    labels = max(len(table.rows), 1)
    first = pen.style.left + pen.style.stt + labels
    last = first + len(columns) - 1 + pen.style.note
    heads, row = {}, top
    if not (pen.style.headless and not table.cols):
        heads, row = _draw_header(pen, table, columns, top)
    if pen.style.number_row and heads:
        _draw_number_row(pen, row, first, last)
        row += 1
    _leave_one_blank(pen, table, columns, body)
    return _draw_body(pen, table, columns, body, heads, row)


def _draw_header(pen: Pen, table: Table, columns: list[Leaf], top: int) -> tuple[dict[int, list[int]], int]:
    """Draw the header rows; return for each number column the marks over it, and the row below."""
    style, grid = pen.style, pen.book.sheets[-1]
    depth = max(max((len(leaf.path) for leaf in columns), default=0), 1)
    first = style.left + style.stt + max(len(table.rows), 1)
    under = _draw_parent(pen, table, columns, top, first)
    head_top, bottom = top, top + depth - 1 + bool(under)
    marks: dict[int, list[int]] = {first + index: [] for index in range(len(columns))}
    if not table.cols:
        grid.cells[top, first] = pen.choosers("carrier")(["Số lượng", "Số người", "Số liệu"])
    for level in range(depth if table.cols else 0):
        _draw_level(pen, columns, level, top, bottom, marks, under)
    _draw_heads(pen, table, head_top, bottom, first + len(columns))
    return marks, bottom + 1


def _draw_parent(pen: Pen, table: Table, columns: list[Leaf], top: int, first: int) -> set[int]:
    """Draw a header that says nothing over the others; return the indexes of the columns under it."""
    style, grid = pen.style, pen.book.sheets[-1]
    if not (style.merged and style.parent and table.cols):
        return set()
    under = set(range(len(columns)))
    text = "Số lượng (người)"
    if style.parent == "parts":
        under = {index for index in under if not columns[index].summed}
        text = pen.choosers("parent")(["Chia ra", "Trong đó"])
        # Only a total of all columns may stand beside the parts; otherwise "Trong đó" is said of nothing.
        if len(under) == len(columns) or len(table.cols) > 1:
            return set()
    elif table.cols[0] == ("period",):
        text = PERIOD_HEADS[period_kind(table.values["period"][0])][0]
    grid.cells[top, first + min(under)] = text
    grid.merge(top, first + min(under), top, first + max(under))
    return under


def _draw_level(
    pen: Pen, columns: list[Leaf], level: int, top: int, bottom: int, marks: dict[int, list[int]], under: set[int]
) -> None:
    first = min(marks)
    runs: list[list[int]] = []
    for index, leaf in enumerate(columns):
        if len(leaf.path) <= level:
            continue
        if runs and columns[runs[-1][-1]].path[: level + 1] == leaf.path[: level + 1]:
            runs[-1].append(index)
        else:
            runs.append([index])
    grid = pen.book.sheets[-1]
    for run in runs:
        row = top + level + (run[0] in under)
        text, said = columns[run[0]].path[level]
        ends_here = len(columns[run[0]].path) == level + 1
        grid.cells[row, first + run[0]] = _as_typed(text)
        if pen.style.merged:
            grid.merge(row, first + run[0], bottom if ends_here else row, first + run[-1])
        if said:
            mark = pen.book.mark(row, first + run[0], said, "col")
            for index in run:
                marks[first + index].append(mark)


def _draw_heads(pen: Pen, table: Table, top: int, bottom: int, after: int) -> None:
    style, grid = pen.style, pen.book.sheets[-1]
    heads = ["STT"] * style.stt + label_heads(pen, table)
    row = bottom if style.heads == "bottom" else top
    places = [(style.left + index, text) for index, text in enumerate(heads)]
    if style.note:
        places.append((after, "Ghi chú"))
    for col, text in places:
        grid.cells[top if style.heads == "merged" else row, col] = text
        if style.merged and style.heads == "merged":
            grid.merge(top, col, bottom, col)


def label_heads(pen: Pen, table: Table) -> list[str]:
    """Name the label columns as a clerk would."""
    heads = []
    for token in table.rows or [()]:
        if len(token) != 1:
            words = ["Nội dung"]
        elif token == ("period",):
            words = PERIOD_HEADS[period_kind(table.values["period"][0])]
        else:
            words = KEY_HEADS[token[0]]
        heads.append(pen.choosers("head")(words))
    return heads


def _draw_number_row(pen: Pen, row: int, first: int, last: int) -> None:
    grid, left = pen.book.sheets[-1], pen.style.left
    for col in range(left, last + 1):
        order = col - left + 1
        if pen.style.number_row == "1 2 3":
            grid.cells[row, col] = order
        elif pen.style.number_row == "(1) (2)":
            grid.cells[row, col] = f"({order})"
        else:
            grid.cells[row, col] = "ABC"[order - 1] if col < first else col - first + 1


def _leave_one_blank(pen: Pen, table: Table, columns: list[Leaf], body: list[Line]) -> None:
    """Take one number out of the truth, where its row and its column keep another one."""
    data = [line for line in body if line.role == "data"]
    counts = [leaf for leaf in columns if leaf.role == "count" and not leaf.summed]
    stages = table.values["measure"]
    if len(data) < 2 or len(counts) < 2 or len(stages) < 2 or "breakdown" in table.values:
        return
    if not pen.choose([False, False, True]):
        return
    line, leaf = pen.choose(data), pen.choose(counts)
    key = _key(table, line.values, leaf.values)
    missed = len(table.values["school"]) > 2 and key[4] in ("nominated", "trained", "admitted")  # by the other schools
    if key[4] == stages[-1] and not missed:  # a missing earlier stage would look like stages out of order
        pen.counts[key] = None


def _key(table: Table, *said: Values) -> tuple[str, ...]:
    values = dict(DEFAULTS)
    for part in (table.outside, *said):
        values.update(part)
    return tuple(values[facet] for facet in KEY)


def value_of(pen: Pen, table: Table, values: Values, summed: frozenset[str]) -> int | None:
    """Return the count, or the sum of the counts that are reported."""
    free = sorted(summed)
    combinations = product(*(table.values[facet] for facet in free))
    found = [pen.counts[_key(table, values, dict(zip(free, combination, strict=True)))] for combination in combinations]
    reported = [n for n in found if n is not None]
    return sum(reported) if reported else None


def _draw_body(
    pen: Pen, table: Table, columns: list[Leaf], body: list[Line], heads: dict[int, list[int]], top: int
) -> int:
    style, row = pen.style, top
    first = style.left + style.stt + max(len(table.rows), 1)
    sections: list[int] = []
    outer: list[int] = []  # the mark of the outer label that goes on
    rows: list[int] = []
    gaps = [index for index in range(1, len(body)) if _may_follow_a_blank(body, index)]
    gap = pen.choose(gaps) if gaps and style.gap and style.labels != "merged" else None
    for index, line in enumerate(body):
        if line.role == "section":
            sections = [*sections[: line.depth], _draw_section(pen, line, row, first + len(columns) - 1 + style.note)]
            row += 1
            continue
        row += index == gap
        outer = _draw_labels(pen, table, body, index, row, outer)
        said = [*table.marks, *sections, *(mark for mark in outer if mark >= 0)]
        _draw_numbers(pen, table, columns, line, row, said, heads)
        if line.role == "data":
            rows.append(row)
        row += 1
    alone = not table.of_which and (len(table.rows) < 2 or style.labels == "repeated")
    pen.book.bodies.append(Body(len(pen.book.sheets) - 1, rows, alone))
    return row


def _may_follow_a_blank(body: list[Line], index: int) -> bool:
    """Allow a blank row only between two labelled rows of numbers: before a section it would end the table."""
    line, before = body[index], body[index - 1]
    of_which = line.values.get("breakdown") == "female" and line.role == "data"
    return line.role != "section" and before.role != "section" and line.labels[0] is not None and not of_which


def _draw_section(pen: Pen, line: Line, row: int, last: int) -> int:
    style, grid = pen.style, pen.book.sheets[-1]
    (text, said), col = line.labels[0], style.left
    if style.stt and line.ordinal:
        grid.cells[row, col] = line.ordinal
        col += 1
    elif line.ordinal:
        text = f"{line.ordinal}. {text}"
    elif style.stt and not style.across:
        col += 1
    grid.cells[row, col] = text
    if style.across:
        grid.merge(row, col, row, last)
    return pen.book.mark(row, col, said, "section")


def _draw_labels(pen: Pen, table: Table, body: list[Line], index: int, row: int, outer: list[int]) -> list[int]:
    """Write a row's labels; return the marks of what they say, the outer label's first."""
    style, grid, line = pen.style, pen.book.sheets[-1], body[index]
    col = style.left + style.stt
    if style.stt and line.ordinal:
        grid.cells[row, style.left] = int(line.ordinal)
    marks = []
    for position, label in enumerate(line.labels):
        if label is None:
            marks.append(outer[0])
            continue
        text, said = label
        if text:
            grid.cells[row, col + position] = _as_typed(_prefixed(style, line, text))
        marks.append(pen.book.mark(row, col + position, said, "row") if said else -1)
        if style.labels == "merged" and position == 0 and len(line.labels) == 2:
            going_on = next((i for i, later in enumerate(body[index + 1 :]) if later.labels[0] is not None), None)
            span = len(body) - 1 - index if going_on is None else going_on
            grid.merge(row, col, row + span, col)
    if table.of_which and line.values.get("breakdown") == "female":  # it goes on with what the row before says
        marks = [marks[0], outer[1], marks[1]] if len(line.labels) == 2 else [*outer, *marks]
    return marks


def _prefixed(style: Style, line: Line, text: str) -> str:
    if style.stt or len(line.labels) > 1 or line.role != "data" or text[0].isdigit() or text.startswith(("-", "Trong")):
        return text
    return f"{line.ordinal}. {text}" if style.prefix == "1. " else style.prefix + text


def _as_typed(text: str) -> object:
    return int(text) if text.isdigit() else text


def _draw_numbers(
    pen: Pen, table: Table, columns: list[Leaf], line: Line, row: int, said: list[int], heads: dict[int, list[int]]
) -> None:
    grid, style = pen.book.sheets[-1], pen.style
    first = style.left + style.stt + max(len(table.rows), 1)
    for col, leaf in enumerate(columns, first):
        values = {**line.values, **leaf.values}
        if leaf.role == "rate":
            grid.cells[row, col] = _rate(pen, table, values, line.summed | leaf.summed)
            continue
        n = value_of(pen, table, values, line.summed | leaf.summed)
        if n is None:
            continue
        grid.cells[row, col] = _typed_number(style, n, _key(table, values) if not (line.summed or leaf.summed) else ())
        if line.role == "data" and not leaf.summed:
            marks = (*said, *heads.get(col, []))
            key = _key(table, values)
            pen.book.numbers.append(Number(len(pen.book.sheets) - 1, row, col, key, n, marks))
    if style.note and line.role == "data":
        note = pen.choose(["", "", "Có danh sách kèm theo", "01 em chuyển trường", "Đã thống nhất với Đoàn trường"])
        if note:
            grid.cells[row, first + len(columns)] = note


def _rate(pen: Pen, table: Table, values: Values, summed: frozenset[str]) -> object:
    actual = value_of(pen, table, {**values, "kind": "actual"}, summed)
    target = value_of(pen, table, {**values, "kind": "target"}, summed)
    if not target or actual is None:
        return None
    share = round(100 * actual / target, 1)
    return share if pen.style.number == "int" else f"{share}%".replace(".", ",")


def _typed_number(style: Style, n: int, key: tuple[str, ...]) -> object:
    if n == 0:
        return style.zero
    if style.number == "text":
        return str(n)
    if style.number == "padded":
        return f"{n:02d}"
    if style.number == "unit" and key:
        return f"{n} {'em' if key[2] == 'student' else 'đ/c'}"
    return n
