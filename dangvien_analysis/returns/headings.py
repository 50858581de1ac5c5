"""What the headers and labels of one table name, all together."""

from collections.abc import Iterator

from dangvien_analysis.returns.facets import BOUND, REASON_OF
from dangvien_analysis.tables import Table
from dangvien_analysis.tables.grid import Head


def heads_of(table: Table) -> Iterator[Head]:
    """Yield the headers of all columns and the labels of all rows."""
    yield from (head for column in table.columns for head in column.heads)
    yield from (head for row in table.rows for head in row.labels)


def names_only_reasons(table: Table) -> bool:
    """Tell whether headers and labels name reasons ("Lý do", or two of them) and beside these only stages.

    "Đang thẩm tra lý lịch", "Chờ quyết định kết nạp" alone are stages, too.
    """
    said = [head.said for head in heads_of(table) if "measure" in head.said.facets]
    headed = any("label" in one.roles for one in said)
    named = [one.facets for one in said if "label" not in one.roles]
    reasons = {facets["reason"] for facets in named if "reason" in facets}
    if not headed and all("stage" in one.roles for one in said if "reason" in one.facets):
        return False
    others = [facets for facets in named if "reason" not in facets]
    return len(reasons) > (not headed) and all(facets["measure"] in REASON_OF for facets in others)


def named_by_headers(table: Table) -> dict[str, set]:
    """Return the values of measure, kind, breakdown, reason and role that the table's own headers and labels name.

    "Lý do" over words, or over nothing, explains the numbers before it and says not what they count.
    """
    named: dict[str, set] = {}
    noted = [column.heads[0] for column in table.columns if column.role == "note" and column.heads]
    explaining = [head for head in noted if "label" in head.said.roles]
    for head in heads_of(table):
        if head in explaining:
            continue
        named.setdefault("role", set()).update(head.said.roles)
        for facet, value in head.said.facets.items():
            if facet in BOUND:
                named.setdefault(facet, set()).add(value)
    return named
