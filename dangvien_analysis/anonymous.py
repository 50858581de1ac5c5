"""Take out of an executed notebook what tells who ran it, and where."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dangvien_analysis.settings import SettingsError, find_root

INJECTED = "injected-parameters"  # papermill's tag of the cell that sets what was asked for


def shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook's parameters with the collection by its name alone, also where its folder was given."""
    named = isinstance(values.get("collection"), str)
    return {**values, "collection": Path(values["collection"]).name} if named else dict(values)


def hide_paths(notebook: Any, values: Mapping[str, Any]) -> None:
    """Shorten the paths in the cell that sets the parameters `values`, in printed text and in tracebacks.

    Blocks need no such care: they name files by their place in the collection.
    """
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell["source"] = "\n".join(
                ["# Parameters", *(f"{name} = {value!r}" for name, value in shown(values).items())]
            )
        for output in cell.get("outputs", []):
            _hide_in_output(output)


def _hide_in_output(output: dict) -> None:
    for key in ("text", "traceback", "evalue"):
        if key in output:
            said = output[key]
            output[key] = [_without_paths(line) for line in said] if isinstance(said, list) else _without_paths(said)


def _without_paths(text: str) -> str:
    for folder in (*_root(), Path(__file__).parents[1], Path(sys.prefix), Path.home()):
        text = text.replace(str(folder), "…")
    return re.sub(r"(/tmp|/var/folders|[A-Z]:\\Users)[\\/][^\s:\"']*", "…", text)


def _root() -> list[Path]:
    try:
        return [find_root()]
    except SettingsError:  # the notebook has said so
        return []
