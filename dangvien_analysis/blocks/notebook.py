"""What an executed notebook shows, as one neutral list of blocks."""

import json
import re
from pathlib import Path

from dangvien_analysis.blocks.block import MIME, tidy_text

PRIVATE_TAG = "no-export"  # cells for whoever opens the notebook, not for the reader of its report
_MARKDOWN = {}


class ExecutionError(Exception):
    """Tell, in Vietnamese, that a notebook stopped half-way: such a notebook is never exported."""


def read_blocks(notebook: Path) -> list[dict]:
    """Return the blocks of an executed notebook in order: markdown cells and the blocks its cells show.

    Code, printed lines and other outputs are not exported. Raises ExecutionError when a cell ended in an error.
    """
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    blocks: list[dict] = []
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "code":
            _refuse_errors(cell, number)
        if PRIVATE_TAG in cell["metadata"].get("tags", []):
            continue
        if cell["cell_type"] == "markdown":
            blocks += read_markdown("".join(cell["source"]))
        elif cell["cell_type"] == "code":
            blocks += _shown(cell)
    return blocks


def _refuse_errors(cell: dict, number: int) -> None:
    for output in cell["outputs"]:
        if output["output_type"] == "error":
            raise ExecutionError(f"Sổ tay dừng ở ô thứ {number}: {output['ename']}: {output['evalue']}")


def _shown(cell: dict) -> list[dict]:
    shown = (output["data"].get(MIME) for output in cell["outputs"] if "data" in output)
    return [block for block in shown if block is not None]


def read_markdown(source: str) -> list[dict]:
    """Return hand-written text as blocks: headings, paragraphs, lists and emphasis; everything else as its words.

    A link keeps its words and loses its address; HTML stays visible as typed; a horizontal rule begins a new page.
    Beside headings each block is marked as written by hand: it says nothing of the data.
    """
    if not _MARKDOWN:
        import mistune

        _MARKDOWN["parse"] = mistune.create_markdown(renderer="ast")
    found = _blocks(_MARKDOWN["parse"](source))
    return [block if block["kind"] == "heading" else {**block, "written": True} for block in found]


def _blocks(tokens: list[dict]) -> list[dict]:
    return [block for token in tokens if token["type"] in _READERS for block in _READERS[token["type"]](token)]


def _heading(token: dict) -> list[dict]:
    text = "".join(run["text"] for run in _runs(token["children"]))
    return [{"kind": "heading", "level": min(token["attrs"]["level"], 4), "text": text, "id": ""}]


def _paragraph(token: dict) -> list[dict]:
    return [{"kind": "paragraph", "runs": _runs(token["children"])}]


def _list(token: dict) -> list[dict]:
    items = [_blocks(item["children"]) for item in token["children"]]
    return [{"kind": "list", "ordered": token["attrs"]["ordered"], "items": items}]


def _quote(token: dict) -> list[dict]:
    inner = _blocks(token["children"])
    return [{**block, "kind": "note"} if block["kind"] == "paragraph" else block for block in inner]


def _verbatim(token: dict) -> list[dict]:
    """Keep HTML and code blocks as the words they are; an HTML comment is the author's own."""
    text = re.sub(r"<!--.*?-->", "", token["raw"], flags=re.DOTALL) if token["type"] == "block_html" else token["raw"]
    return [{"kind": "paragraph", "runs": [_run(text.strip())]}] if text.strip() else []


_READERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "list": _list,
    "block_quote": _quote,
    "block_html": _verbatim,
    "block_code": _verbatim,
    "thematic_break": lambda _: [{"kind": "page_break"}],
}


def _run(text: str, strong: bool = False, em: bool = False) -> dict:
    return {"text": tidy_text(text), "strong": strong, "em": em}


def _runs(tokens: list[dict], strong: bool = False, em: bool = False) -> list[dict]:
    found = []
    for token in tokens:
        kind = token["type"]
        if kind == "softbreak":
            found.append(_run(" ", strong, em))
        elif kind == "linebreak":
            found.append(_run("\n", strong, em))
        elif "children" in token:  # strong, emphasis, link, image: words inside
            found += _runs(token["children"], strong or kind == "strong", em or kind == "emphasis")
        elif token.get("raw"):
            found.append(_run(token["raw"], strong, em))
    return found
