"""One block, and the blocks that are only text."""

import base64
import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

from dangvien_analysis import fonts
from dangvien_analysis.text import date_text

if TYPE_CHECKING:
    from jinja2 import Environment

    from dangvien_analysis.settings import Collection, Organisation

MIME = "application/vnd.dangvien.block+json"
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_RANGE = re.compile(r"(\d{1,4}(?:[–-]\d{1,4}){1,2})(?!\d)")  # a day, or a range of numbers: no line ends within
INVENTED = "SỐ LIỆU MINH HỌA"
MASKED = "BẢN CÔNG BỐ: SỐ NHỎ ĐƯỢC CHE"
TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True)
class Block:
    """Hold one piece of a report; as the last value of a cell, JupyterLab shows it and the export finds it again.

    `content` is JSON: texts, numbers, lists. Its keys depend on `kind`, and the templates read them by name.
    """

    kind: str
    content: dict = field(default_factory=dict)

    def to_dict(self) -> dict:
        """Return the block as the executed notebook keeps it."""
        return {"kind": self.kind, **self.content}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:  # noqa: ARG002 IPython's own
        return {MIME: self.to_dict(), "text/html": render_alone(self.to_dict()), "text/plain": plain(self.to_dict())}


@lru_cache(maxsize=1)
def templates() -> "Environment":
    """Return the Jinja2 environment: every value is escaped, an unknown name is an error."""
    import jinja2

    loader = jinja2.FileSystemLoader(TEMPLATES, encoding="utf-8")
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters |= {"sections": by_section, "pieces": _RANGE.split}
    return environment


def by_section(rows: list[dict]) -> list[list[dict]]:
    """Return a table's rows in groups, each begun by its heading row if it has one."""
    groups: list[list[dict]] = []
    for row in rows:
        if row["kind"] == "section" or not groups:
            groups.append([])
        groups[-1].append(row)
    return groups


def render_alone(block: dict) -> str:
    """Return a block as JupyterLab shows it below its cell.

    A notebook that somebody else ran is not trusted: of it JupyterLab keeps words, images and style attributes, but
    neither drawings nor style sheets. So a chart is an image there, and cells say themselves where they stand.
    """
    if block["kind"] == "figure":
        block = {**block, "image": _as_image(block["svg"]), "phone_svg": ""}
    html = templates().get_template("cell.html.j2").render(block=block)
    for side in ("left", "right", "center"):
        html = html.replace(f'class="{side}"', f'class="{side}" style="text-align: {side}"')
    return html.replace("<div><dt>", '<div style="overflow: hidden"><dt>')  # JupyterLab floats a list's terms


def _as_image(svg: str) -> str:
    """Return an SVG as the address of an image that brings the face its words were measured in."""
    start = svg.index(">") + 1
    faces = font_faces(["Regular", "Bold"][: 1 + ("bold" in svg)])
    whole = f"{svg[:start]}<style>{faces}</style>{svg[start:]}"
    return "data:image/svg+xml;base64," + base64.b64encode(whole.encode()).decode("ascii")


def font_faces(styles: list[str], letters: str = "") -> str:
    """Return the CSS that embeds styles of the face, with the usual letters and those of `letters`."""
    rule = '@font-face {{ font-family: "{}"; font-style: {}; font-weight: {}; src: url("data:font/woff;base64,{}") }}'
    return "\n".join(
        rule.format(
            fonts.TEXT_FACE,
            "italic" if style == "Italic" else "normal",
            700 if style == "Bold" else 400,
            fonts.web_face(style, letters),
        )
        for style in styles
    )


def plain(block: dict) -> str:
    """Return a block as a console shows it: its texts, without its drawing."""
    shown = (block.get(key) for key in ("title", "caption", "text", "alt"))
    texts = [*(text for text in shown if text), *(run["text"] for run in block.get("runs", ()))]
    return "\n".join(texts) or f"[{block['kind']}]"


def tidy_text(text: object) -> str:
    """Return a text as NFC without signs that cannot be seen: XML cannot carry them, or they turn words around."""
    return _UNSEEN.sub("", normalize("NFC", str(text)).replace("\t", " "))


def runs(text: object) -> list[dict]:
    """Return a text as the one run of a paragraph: neither emphasised nor anything else."""
    return [{"text": tidy_text(text), "strong": False, "em": False}]


def heading(text: str, level: int = 2) -> Block:
    """Head a section; level 2 is a section, 3 a part of it (level 1 is the report's own title)."""
    if not 1 <= level <= 4:
        raise ValueError(f"heading level must be 1 to 4, not {level}")
    return Block("heading", {"level": level, "text": tidy_text(text), "id": ""})


def say(*sentences: str) -> Block:
    """Write one paragraph of the sentences given, as they are: no character of it is ever markup."""
    return Block("paragraph", {"runs": runs(" ".join(str(sentence) for sentence in sentences if sentence))})


def bullets(*sentences: str) -> Block | None:
    """Write sentences as a list, one to a point, as they are; nothing where there is none."""
    items = [[{"kind": "paragraph", "runs": runs(sentence)}] for sentence in sentences if sentence]
    return Block("list", {"ordered": False, "items": items}) if items else None


def note(text: str) -> Block:
    """Write a paragraph in small print: a definition, a caveat, what was left out."""
    return Block("note", {"runs": runs(text)})


def banner(text: str) -> Block:
    """Write a framed line that cannot be overlooked, for example that figures are missing or invented."""
    return Block("banner", {"text": tidy_text(text)})


def page_break() -> Block:
    """Begin a new page on paper, unless hardly anything stands on the one before; a screen shows nothing."""
    return Block("page_break")


def key_figures(figures: list[tuple[str, str, str]]) -> Block:
    """Set out two to five numbers side by side, each (label, value, note) as texts already formatted."""
    items = [dict(zip(("label", "value", "note"), map(tidy_text, figure), strict=True)) for figure in figures]
    return Block("key_figures", {"items": items})


def signature(left: str = "Nơi nhận:", right: str = "") -> Block:
    """Leave room for the receivers (left) and for office, signature and name (right), all filled in by hand."""
    return Block("signature", {"left": tidy_text(left), "right": tidy_text(right)})


def letterhead(
    collection: "Collection", title: str, subtitle: str = "", as_of: date | None = None, coverage: str = ""
) -> Block:
    """Open a report as an annex to a Party document opens: who issues it, what it is, what day it speaks for.

    `collection` gives the organisation and whether the figures are illustrative. Number, date and signature stay
    blank: they belong to the office. Without an organisation only the title is set: the report is then nobody's
    document. `coverage` is one line under the title, for example how many schools reported.
    """
    organisation = collection.organisation
    as_of = as_of or collection.as_of
    content = {
        "issuer": _issuer_lines(organisation),
        "place": tidy_text(organisation.place),
        "title": tidy_text(title),
        "subtitle": tidy_text(subtitle),
        "as_of": date_line(as_of),
        "coverage": tidy_text(coverage),
        "illustrative": bool(collection.illustrative),
    }
    return Block("letterhead", content)


def date_line(as_of: date | None) -> str:
    """Return the line that says what day the figures speak for, empty where no return says it."""
    return f"Số liệu tính đến ngày {date_text(as_of)}" if as_of else ""


def _issuer_lines(organisation: "Organisation") -> list[str]:
    """Return superior body, then issuing body: a committee stands under its parent, a board under its committee."""
    pair = {"committee": (organisation.parent, organisation.name), "board": (organisation.name, organisation.board)}
    return [tidy_text(line) for line in pair[organisation.issuer or "board"] if line]


def notices(collection: "Collection", public: bool) -> list[str]:
    """Return what every page of a report says about itself."""
    return [INVENTED] * bool(collection.illustrative) + [MASKED] * public


def to_json(block: dict) -> str:
    """Return a block as JSON with the letters as they are."""
    return json.dumps(block, ensure_ascii=False, sort_keys=True)
