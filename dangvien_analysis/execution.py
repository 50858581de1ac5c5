"""Run one notebook by papermill, and leave the executed notebook clean: no user name, no path, no clock.

A notebook that stopped half-way is an error that names the cell. So is one that lost a chart or a table on the way:
its metadata says how many of each it shows, and what came out is counted.
"""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangvien_analysis import anonymous, parameters
from dangvien_analysis.blocks import MIME
from dangvien_analysis.settings import SettingsError, find_root

if TYPE_CHECKING:
    from dangvien_analysis.kernels import Kernel

PROMISES = {"figure": "biểu đồ", "table": "bảng"}  # what the metadata of a notebook promise by number
STARTS = 3  # two kernels started at once may be given the same port; the second try takes another
ERROR_MARKER = "papermill-error-cell-tag"  # English banners that papermill adds to a notebook that failed


class NotebookError(Exception):
    """Say in one Vietnamese sentence which cell of a notebook failed, and why; `cell` is its number, 0 if none."""

    def __init__(self, message: str, cell: int = 0) -> None:
        super().__init__(message)
        self.cell = cell


def notebooks_folder() -> Path:
    """Return `notebooks/` of the root folder, else the one this package came with."""
    own = find_root() / "notebooks"
    return own if own.is_dir() else Path(__file__).parents[1] / "notebooks"


def find_notebook(name: str) -> Path:
    """Return a notebook by its name, with or without .ipynb, or by its path."""
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    found = notebooks_folder() / f"{name.removesuffix('.ipynb')}.ipynb"
    if not found.is_file():
        known = ", ".join(sorted(path.stem for path in notebooks_folder().glob("*.ipynb"))) or "chưa có sổ tay nào"
        raise SettingsError(f"Không có sổ tay «{name}»; các sổ tay có: {known}.")
    return found


def read_parameters(notebook: Path) -> dict[str, Any]:
    """Return the names and default values of a notebook's parameters."""
    for cell in _load(notebook).cells:
        if "parameters" in cell.metadata.get("tags", []):
            return dict(parameters.read_defaults(cell.source))
    return {}


def is_per_school(notebook: Path) -> bool:
    """Tell whether a notebook says in its metadata that it is about one school: then a batch makes one for each."""
    return _load(notebook).metadata.get("dangvien", {}).get("each") == "school"


def fit_parameters(given: Mapping[str, str], notebook: Path) -> dict[str, Any]:
    """Return the values given for a notebook, each of the type of its default; raise SettingsError for any other."""
    defaults = read_parameters(notebook)
    parameters.refuse_unknown(given, list(defaults))
    return {name: _fit(name, value, defaults[name]) for name, value in given.items()}


def _fit(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, str) or not isinstance(value, str):
        return value
    try:
        return type(default)(ast.literal_eval(value))
    except (ValueError, SyntaxError, TypeError) as error:
        raise SettingsError(f"Tham số {name} phải cùng loại với {default!r}; nhận được «{value}».") from error


def execute(
    notebook: Path,
    output: Path,
    values: Mapping[str, Any],
    facts: Mapping[str, Any],
    kernel: "Kernel | None" = None,
) -> None:
    """Run `notebook` with the parameters `values` and write it, clean, to `output`; `facts` go into its metadata.

    A collection given by its folder is written as the folder's name. `kernel` is one to be used again, if there is.

    Raises NotebookError; `output` is then the notebook as far as it came.
    """
    from papermill.exceptions import PapermillExecutionError

    try:
        _run(notebook, output, values, kernel)
    except PapermillExecutionError as error:
        _clean(output, values, facts)
        raise NotebookError(_sentence(error), error.exec_count or 0) from None
    _clean(output, values, facts)
    _keep_promises(_load(output))


def _run(notebook: Path, output: Path, values: Mapping[str, Any], kernel: "Kernel | None") -> None:
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel

    for attempt in range(1, STARTS + 1):
        try:
            papermill.execute_notebook(
                notebook,
                output,
                dict(values),
                **({"engine_name": kernel.engine, "kernel": kernel} if kernel else {}),
                progress_bar=False,
                cwd=find_root(),
                start_timeout=120,
                request_save_on_cell_execute=False,
                extra_arguments=["--log-level=ERROR"],  # the kernel's own remarks say nothing to an office
                shutdown_kernel="immediate",  # nothing in the kernel needs a farewell; this saves half a second
            )
        except NoSuchKernel as error:
            message = f"Máy chưa có nhân «{error.name}» mà sổ tay cần; hãy cài lại chương trình rồi chạy lại."
            raise NotebookError(message) from error
        except RuntimeError as error:  # the kernel died before it answered
            if attempt == STARTS:
                message = f"Không khởi động được nhân Python ({error}); hãy chạy lại, hoặc cài lại chương trình."
                raise NotebookError(message) from error
        else:
            return


def _sentence(error: Any) -> str:
    if error.ename == "SettingsError":
        return error.evalue
    first = next((line for line in error.source.splitlines() if line.strip()), "")
    reason = f"{error.ename}: {error.evalue}".strip(": \n").splitlines()[0].rstrip(".")
    return f"Ô [{error.exec_count}] của sổ tay («{first.strip()}») dừng vì lỗi {reason}."


def _clean(path: Path, values: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """Take out what tells who ran the notebook, where and when; put in what its numbers came from."""
    import nbformat

    notebook = _load(path)
    notebook.cells = [cell for cell in notebook.cells if ERROR_MARKER not in cell.metadata.get("tags", [])]
    notebook.metadata.pop("papermill", None)
    told = {"parameters": anonymous.shown(values)}
    notebook.metadata["dangvien"] = {**notebook.metadata.get("dangvien", {}), **facts, **told}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # papermill gives its own cell a random one
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
    anonymous.hide_paths(notebook, values)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def _keep_promises(notebook: Any) -> None:
    """Count charts and tables; where the data hold none, a block that says so stands in for it."""
    blocks = [block for cell in notebook.cells for block in _blocks(cell)]
    shown = [kind for block in blocks for kind in block.get("instead_of", [block["kind"]])]
    for kind, promised in notebook.metadata["dangvien"].get("shows", {}).items():
        if shown.count(kind) != promised:
            raise NotebookError(
                f"Sổ tay phải cho {promised} {PROMISES[kind]} nhưng lần chạy này cho {shown.count(kind)}; "
                "hãy chạy lại, nếu vẫn thế thì báo cho người giữ chương trình."
            )


def traces(executed: Path) -> list[dict]:
    """Return what an executed notebook says its numbers came from, one for each check of parameters in it."""
    return [trace for cell in _load(executed).cells for trace in _bundles(cell, parameters.TRACE)]


def _blocks(cell: Any) -> Iterable[dict]:
    return _bundles(cell, MIME)


def _bundles(cell: Any, mime: str) -> Iterable[dict]:
    data = (output.get("data", {}) for output in cell.get("outputs", []))
    return (bundle[mime] for bundle in data if mime in bundle)


def _load(path: Path) -> Any:
    import nbformat

    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
