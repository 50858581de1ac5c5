"""One HTML file out of a report's blocks: read offline on a screen, a phone or paper, with nothing from outside."""

from dangvien_analysis import fonts
from dangvien_analysis.blocks import arrange
from dangvien_analysis.blocks.block import date_line, font_faces, templates, to_json

CONTENTS_FROM = 3  # fewer headings than this need no table of contents


def render(blocks: list[dict], meta: dict) -> str:
    """Return the report as one HTML page.

    `blocks` as `read_blocks` returns them; `meta` has title, lang, notices, organisation, as_of, coverage,
    collection_title and version. The same input gives the same text.
    """
    opening, *others = arrange(blocks, meta["title"])
    shown = [_separated(block, place) for place, block in enumerate(others)]
    ends = [place for place, block in enumerate(others) if block["kind"] == "page_break"]
    alone = ends[0] if ends else 0  # what is read as one page comes before the table of contents
    contents = [block for block in others if block["kind"] == "heading" and block["level"] <= 3]
    page = templates().get_template("page.html.j2")
    return page.render(
        meta=meta,
        title=page_title(opening, meta),
        opening=opening,
        first=shown[:alone],
        blocks=shown[alone:],
        contents=contents if len(contents) >= CONTENTS_FROM else [],
        footer=footer_line(meta),
        faces=font_faces(list(fonts.STYLES), fonts.unusual("".join(map(to_json, blocks)))),
    )


def page_title(opening: dict, meta: dict) -> str:
    """Return the document's title: what the report is called, and where that says too little, of what."""
    parts = [opening["title"], opening.get("subtitle") or meta["collection_title"]]
    return " – ".join(dict.fromkeys(part for part in parts if part))


def footer_line(meta: dict) -> str:
    """Return the line that says what a report was made from, without a clock and without a user's name."""
    parts = [meta["collection_title"], date_line(meta["as_of"]), meta["coverage"]]
    made = f"Lập bằng dangvien-analysis {meta['version']}"
    return ". ".join(part.rstrip(".") for part in [*parts, made] if part) + "."


def _separated(block: dict, place: int) -> dict:
    """Give a chart ids of its own: two equal charts on one page would else share theirs."""
    if block["kind"] != "figure":
        return block
    svg = block["svg"].replace(block["prefix"], f"h{place}-")
    phone = block["phone_svg"].replace(block["phone_prefix"], f"p{place}-") if block["phone_svg"] else ""
    return {**block, "svg": svg, "phone_svg": phone}
