"""Imports go one way: the order below is the architecture."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dangvien_analysis"

# A module imports only from those before it. A module that grew past one file is a folder, or stands here as several:
# first what it is made from. One tuple is one layer, whose files may import each other.
LAYERS = (
    ("frames",),
    ("periods",),
    ("system_errors",),
    ("settings",),
    ("identity",),
    ("writing",),
    ("vocabulary",),
    ("measures",),
    ("legacy",),
    ("text",),
    ("wording",),
    ("reading",),
    ("workbook",),
    ("tables",),
    ("returns",),
    ("checks",),
    ("corrections",),
    ("listing",),
    ("store",),
    ("register",),
    ("loading",),
    ("publication",),
    ("proposal",),
    ("parameters",),
    ("sentences",),
    ("status",),
    ("fonts",),
    ("charts",),
    ("blocks",),
    ("forms",),
    ("tally",),
    ("sections",),
    ("synthesis",),
    ("html",),
    ("pdf",),
    ("marking",),
    ("anonymous",),
    ("papermill_engine",),
    ("kernel_state",),
    ("kernels",),
    ("execution",),
    ("index",),
    ("overview",),
    ("report",),
    ("batch",),
    ("console",),
    ("cli",),
    ("__main__",),
)
RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}


def module_of(path: Path) -> str:
    """Return the layer's module that a file belongs to; the files of a subpackage are one module."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(source: str, inside: tuple[str, ...]) -> Iterator[str]:
    """Yield the modules of the package that `source` imports anywhere, `""` for the package's own face.

    `inside` are the packages the file lies in, outermost first, for relative imports.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(inside[: len(inside) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            names = [[*base, alias.name] if len(base) == 1 else base for alias in node.names]
        else:
            continue
        for name in names:
            if name[0] == "dangvien_analysis":
                yield name[1] if len(name) > 1 else ""


def forbidden_imports(module: str, imports: set[str]) -> list[str]:
    """Return one sentence for each import that goes against the order."""
    return [
        f"{module} imports {name or 'the package itself'}, which is not before it"
        for name in sorted(imports - {module})
        if name not in RANK or RANK[name] > RANK[module]
    ]


FILES = sorted(path for path in PACKAGE.rglob("*.py") if module_of(path) != "__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_those_before_it(path):
    """Data flows one way, so any module can be read knowing only those above it."""
    module = module_of(path)
    assert module in RANK, f"{module} has no place in the order: add it to LAYERS in tests/test_layers.py"
    inside = ("dangvien_analysis", *path.relative_to(PACKAGE).parent.parts)
    assert not forbidden_imports(module, set(imported_modules(path.read_text(encoding="utf-8"), inside)))


def test_every_layer_exists():
    """The order names no module that is gone."""
    assert set(RANK) <= {module_of(path) for path in FILES}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import dangvien_analysis.text", {"text"}),
        ("from dangvien_analysis import text, frames", {"text", "frames"}),
        ("from dangvien_analysis.text import fold", {"text"}),
        ("from dangvien_analysis.measures.rates import interval", {"measures"}),
        ("from . import text", {"text"}),
        ("from .text import fold", {"text"}),
        ("def f():\n    from .text import fold", {"text"}),
        ("import dangvien_analysis", {""}),
        ("import pandas\nfrom pathlib import Path", set()),
    ],
)
def test_imports_are_seen_in_every_spelling(source, expected):
    """An import in a function or a relative one counts as any other."""
    assert set(imported_modules(source, ("dangvien_analysis",))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from . import rates", {"measures"}),
        ("from .rates import interval", {"measures"}),
        ("from .. import text", {"text"}),
        ("from ..text import fold", {"text"}),
    ],
)
def test_relative_imports_of_a_subpackage_are_seen(source, expected):
    """One dot in a subpackage is the subpackage, two are the package."""
    assert set(imported_modules(source, ("dangvien_analysis", "measures"))) == expected


def test_an_import_against_the_order_is_told():
    """A lower module that imports a higher one is named, and so is the other."""
    assert forbidden_imports("text", {"frames", "charts"}) == ["text imports charts, which is not before it"]
    assert forbidden_imports("text", {""}) == ["text imports the package itself, which is not before it"]
