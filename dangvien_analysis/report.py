"""From a notebook to a report: run it, export HTML and PDF from the same blocks, list it on the index page.

A report that fails leaves its notebook, as far as it came, under another name, and what was made before stays:
the night a run fails is the night before somebody needs the report.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangvien_analysis import blocks, execution, index, parameters, proposal, sentences, store, synthesis
from dangvien_analysis.blocks.block import notices
from dangvien_analysis.execution import NotebookError
from dangvien_analysis.index import Entry
from dangvien_analysis.loading import current_returns
from dangvien_analysis.parameters import Parameters
from dangvien_analysis.settings import SettingsError, find_root
from dangvien_analysis.store import Returns
from dangvien_analysis.system_errors import reason

if TYPE_CHECKING:
    from dangvien_analysis.kernels import Kernel

FORMATS = ("html", "pdf")
FAILED = ".failed.ipynb"  # what a failed notebook is called: nobody should take it for the report
PUBLIC = "ban-cong-bo"  # a folder of its own: it can be sent whole, and nothing in it was made from more
NAMED_SCHOOLS = 3  # more school ids than this would make too long a file name


@dataclass(frozen=True)
class Plan:
    """One report to be made: everything asked for was looked at and exists.

    `collection` is the folder the numbers came from; that of a public copy is not in `chosen`.
    """

    collection: Path
    notebook: Path
    values: Mapping[str, Any]
    folder: Path
    chosen: Parameters
    entry: Entry
    origin: Mapping[str, Any]

    def is_made(self) -> bool:
        """Tell whether this very report lies there: same inputs, program, notebook and parameters."""
        return index.is_made(self.folder, self.entry)

    def files(self) -> list[Path]:
        """Return the files of the report, the index page last."""
        return index.files(self.folder, self.entry)


def run_report(
    collection: str | Path,
    notebook: str = "conference_report",
    values: Mapping[str, Any] | None = None,
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> list[Path]:
    """Run a notebook on a collection and return the files made: HTML, PDF, the executed notebook, the index page.

    `values` are the notebook's own parameters. Raises SettingsError when something asked for does not exist (nothing
    is written then), NotebookError when the report could not be made.
    """
    return make(plan(current_returns(collection), notebook, values or {}, formats, out))


def plan(
    returns: Returns,
    notebook: str,
    values: Mapping[str, Any],
    formats: Sequence[str],
    out: Path | None,
    origin: Mapping[str, Any] | None = None,
) -> Plan:
    """Look at everything asked for and return what is to be made; raise SettingsError for what does not exist.

    `origin` is `Parameters.origin` where it is known: hashing every file anew for each of many reports takes long.
    """
    path = execution.find_notebook(notebook)
    _refuse_public(path, values)
    fitted = execution.fit_parameters({"collection": _argument(returns), **values}, path)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise SettingsError(f"Không có dạng «{unknown[0]}»; các dạng có: {', '.join(FORMATS)}.")
    common = {name: value for name, value in fitted.items() if name in parameters.NAMES[1:]}
    chosen = parameters.choose(returns, **common)
    proposal.read(fitted, returns.collection)  # a wrong value is told now, not by a notebook that stops half-way
    folder = Path(out) if out else find_root() / "reports" / returns.collection.id
    folder = folder / PUBLIC if chosen.publication else folder
    origin = origin or chosen.origin()
    return Plan(
        returns.collection.folder,
        path,
        fitted,
        folder,
        chosen,
        _entry(path, fitted, formats or FORMATS, chosen, origin),
        origin,
    )


def plan_each(
    returns: Returns, notebook: str, values: Mapping[str, Any], formats: Sequence[str], out: Path | None
) -> list[Plan]:
    """Plan one report for each school (of those that `values` name), in the order of the collection."""
    plans: list[Plan] = []
    for school in parameters.choose(returns, values.get("schools", "")).schools:
        origin = plans[0].origin if plans else None
        plans.append(plan(returns, notebook, {**values, "schools": school}, formats, out, origin))
    return plans


def make(planned: Plan) -> list[Path]:
    """Make one report and return its files, the index page last."""
    _make_folder(planned.folder)
    try:
        export(planned)
    finally:
        list_made(planned)
    return planned.files()


def list_made(planned: Plan) -> None:
    """Make the index page of a report's folder anew."""
    public = planned.chosen.publication is not None
    index.write_page(planned.folder, planned.chosen.returns.collection, notices(planned.chosen.collection, public))


def export(planned: Plan, kernel: "Kernel | None" = None) -> None:
    """Make one report and write down how it went, for the index page that follows; raise NotebookError if it failed.

    `kernel` is one that ran other reports before.
    """
    _make_folder(planned.folder)
    work = Path(tempfile.mkdtemp(prefix=".", dir=planned.folder))
    entry = planned.entry
    try:
        entry = _run_and_export(work, planned, kernel)
        for file in sorted(work.iterdir()):
            _put(file, planned.folder)
        _remove_outdated(planned.folder, entry)
    except NotebookError as error:
        kept = _keep_failed(work, planned.folder, entry.stem)
        index.record(planned.folder, entry.failed(str(error), error.cell, kept))
        told = f" Sổ tay dở dang: {kept}" if kept else ""
        raise NotebookError(f"Không làm được báo cáo «{entry.stem}». {error}{told}", error.cell) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    index.record(planned.folder, entry)


def _refuse_public(notebook: Path, values: Mapping[str, Any]) -> None:
    """Say why there is no public copy of a report that names single schools and cells: nothing of it would be left."""
    if parameters.flag("public", values.get("public")) and "public" not in execution.read_parameters(notebook):
        raise SettingsError(
            f"Sổ tay «{notebook.stem}» không có bản công bố (public), vì nó nói về từng trường, từng ô trong báo cáo; "
            "hãy bỏ --public, hoặc làm bản công bố của sổ tay khác, thí dụ conference_report."
        )


def _argument(returns: Returns) -> str:
    """Return how the kernel finds the collection again: by its name in data/raw, else by its folder."""
    folder = returns.collection.folder
    return folder.name if folder.parent == find_root() / "data" / "raw" else str(folder)


def _entry(
    path: Path, values: Mapping[str, Any], formats: Sequence[str], chosen: Parameters, origin: Mapping[str, Any]
) -> Entry:
    """Describe a report before it is made; the key changes when anything it depends on does."""
    told = json.dumps(
        [origin["source"], dict(values), sorted(formats)], ensure_ascii=False, sort_keys=True, default=str
    )
    key = hashlib.sha256(path.read_bytes() + told.encode()).hexdigest()
    schools = chosen.schools if values.get("schools") else ()
    return Entry(_stem(path.stem, schools), path.stem, key, formats=tuple(formats), schools=schools)


def _stem(notebook: str, schools: tuple[str, ...]) -> str:
    if len(schools) > NAMED_SCHOOLS:
        return f"{notebook}-{len(schools)}-{hashlib.sha256(','.join(schools).encode()).hexdigest()[:8]}"
    return "-".join([notebook, *schools])


def _run_and_export(work: Path, planned: Plan, kernel: "Kernel | None") -> Entry:
    entry = planned.entry
    executed = work / f"{entry.stem}.ipynb"
    execution.execute(planned.notebook, executed, planned.values, planned.origin, kernel)
    _check_origin(executed, planned)
    content = blocks.read_blocks(executed)
    meta = _meta(content, planned.chosen, entry.notebook) | {"pages": _promised_pages(planned.notebook)}
    for name in entry.formats:
        _EXPORTS[name](content, meta, work / f"{entry.stem}.{name}")
    synthesis.write(planned.chosen, work / index.synthesis_name(entry))
    reported = planned.chosen.reported()
    return entry.made(meta["title"], meta["coverage"], bool((~reported["reported"] | reported["partial"]).any()))


def _promised_pages(notebook: Path) -> int:
    """Return how many pages a notebook says that its report has at most; 0 where it says nothing."""
    return json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("dangvien", {}).get("pages", 0)


def _check_origin(executed: Path, planned: Plan) -> None:
    """Refuse a notebook that did not run on what was planned: changed files, or more than a public copy may show."""
    sources = {trace["source"] for trace in execution.traces(executed)}
    if sources - {planned.origin["source"]} or (planned.chosen.publication and not sources):
        raise NotebookError("Sổ tay chạy trên số liệu khác với số liệu đã chọn (tệp vừa thay đổi?); hãy chạy lại.")


def _export_html(content: list[dict], meta: dict[str, Any], path: Path) -> None:
    from dangvien_analysis import html

    path.write_text(html.render(content, meta), encoding="utf-8", newline="\n")


def _export_pdf(content: list[dict], meta: dict[str, Any], path: Path) -> None:
    from dangvien_analysis import pdf

    try:
        pdf.render(content, meta, path)
    except pdf.TypesettingError as error:
        raise NotebookError(f"Không dàn được trang PDF: {error}. Bản HTML làm được bằng --format html.") from error


_EXPORTS = {"html": _export_html, "pdf": _export_pdf}


def _meta(content: list[dict], chosen: Parameters, fallback: str) -> dict[str, Any]:
    """Say about a report what its every page says."""
    collection = chosen.collection
    titles = [block["title"] for block in content if block["kind"] == "letterhead"]
    titles += [block["text"] for block in content if block["kind"] == "heading" and block["level"] == 1]
    return {
        "title": titles[0] if titles else fallback,
        "lang": "vi",
        "notices": notices(collection, chosen.publication is not None),
        "organisation": collection.organisation.name,
        "as_of": collection.as_of,
        "coverage": sentences.coverage(chosen.reported(), _names(chosen), collection.as_of),
        "collection_title": collection.title,
        "version": store.version(),
    }


def _names(chosen: Parameters) -> dict[str, str]:
    return {school.id: school.name for school in chosen.registry()}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"Không tạo được thư mục {folder} ({reason(error)}); hãy chọn nơi khác.") from error


def _put(file: Path, folder: Path) -> None:
    target = folder / file.name
    try:
        file.replace(target)
    except PermissionError as error:
        raise NotebookError(f"Không ghi được {target} vì tệp đang mở; hãy đóng tệp rồi chạy lại.") from error


def _remove_outdated(folder: Path, entry: Entry) -> None:
    """Remove what an earlier run left under this report's name: beside new numbers it would pass for them."""
    endings = [f".{name}" for name in FORMATS if name not in entry.formats]
    for ending in [FAILED, *endings]:
        (folder / f"{entry.stem}{ending}").unlink(missing_ok=True)


def _keep_failed(work: Path, folder: Path, stem: str) -> Path | None:
    executed = work / f"{stem}.ipynb"
    with suppress(OSError):
        return executed.replace(folder / f"{stem}{FAILED}")
    return None
