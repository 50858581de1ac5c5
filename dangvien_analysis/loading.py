"""From a folder of returns to counts and findings, in one call.

What is in a file never raises: it becomes findings, and every other file is read all the same. Only when nothing
could be looked at is there an error, with what to do.
"""

import gc
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import pandas as pd

from dangvien_analysis import checks, corrections, periods, register, returns, store
from dangvien_analysis.frames import Finding, files_frame, findings_frame
from dangvien_analysis.settings import (
    COLLECTION_FILE,
    Collection,
    SettingsError,
    common_folder,
    find_collection,
    workbook_files,
)
from dangvien_analysis.store import Returns
from dangvien_analysis.workbook import Workbook, prepare_to_read, read_workbooks

What = str | Path | Sequence[str | Path]
Progress = Callable[[int, int, str], None]

CHUNK = 16  # files handed to a worker at a time: starting its reading process is paid once for all of them
GARBAGE = 50_000  # new objects between two searches for cycles: cells and numbers make none, and there are many of them
NO_RETURN = {"lock_file", "not_a_return", "own_table"}  # what a file is when nothing was to be read in it
AHEAD = 64  # chunks asked for before the first is worked on: more workers than that wait


@contextmanager
def _few_searches_for_cycles() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], GARBAGE) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def load_returns(what: What, executor: Executor | None = None, progress: Progress | None = None) -> Returns:
    """Read a collection (by name or folder), one file, or a list of files.

    `executor` (a pool, or a cluster's) opens the files in parallel; `progress(done, of, file)` is told of each.
    Raises SettingsError when there is no such folder, no file in it, or its `collection.toml` cannot be read.
    """
    if executor is None:
        prepare_to_read()
    collection, paths = _resolve(what)
    return _load(collection, {path: collection.file_name(path) for path in paths}, executor, progress)


def load_incoming(
    collection: Collection, incoming: Mapping[str, Path], beside: bool = True, progress: Progress | None = None
) -> Returns:
    """Read files that have just come, by default beside those that lie in their collection.

    `incoming` are the files by the name they go under; one that lies in the collection under that name is left out.
    """
    names = {path: collection.file_name(path) for path in (workbook_files(collection) if beside else ())}
    lying = {path: name for path, name in names.items() if name not in incoming}
    return _load(collection, {**lying, **{path: name for name, path in incoming.items()}}, None, progress)


@_few_searches_for_cycles()
def _load(
    collection: Collection, names: Mapping[Path, str], executor: Executor | None, progress: Progress | None
) -> Returns:
    """Read files, each under the name that the frames call it by."""
    files = {path: _File(name) for path, name in names.items()}
    read = _read(files, executor)  # begins at once: the first files are opened while all else is made ready
    lines, outcomes, wrong = corrections.read_corrections(collection)
    to_correct, refused = corrections.lines_by_file(lines, collection)
    outcomes += refused
    opened = _corrected(_opened(files, read, progress), to_correct, collection, outcomes)
    counts, found = returns.read_returns(opened, collection)
    frame = _frame(files.values(), counts, found)
    hashes = {file.name: file.sha256 for file in files.values()}
    evidence = checks.Evidence(counts, collection, tuple(found), hashes, _received(hashes, collection))
    found = [*wrong, *found, *checks.run_checks(evidence)]
    found, accepted = corrections.accept_warnings(found, lines, collection, list(hashes))
    outcomes += accepted
    found += [outcome.finding for outcome in outcomes]
    told = corrections.outcomes_frame(outcomes)
    return Returns(counts, findings_frame(found), _with_problems(frame, found), collection, told)


def _received(hashes: Mapping[str, str], collection: Collection) -> dict[str, date]:
    """Return the day each file was first seen; one that is not registered yet is seen today, for so it will be."""
    known, today = register.read_register(collection), periods.today()
    return {file: min(register.first_seen(known, file, sha256) or today, today) for file, sha256 in hashes.items()}


def current_returns(name: str | Path, progress: Progress | None = None) -> Returns:
    """Return what is stored when it still is what the files say, else read the files; nothing is written.

    A notebook thus runs by itself on a fresh copy of the project, and never shows yesterday's numbers.
    """
    collection = find_collection(name)
    if store.is_current(collection):
        return store.open_store(name)
    return load_returns(name, progress=progress)


def _resolve(what: What) -> tuple[Collection, list[Path]]:
    if isinstance(what, (str, Path)):
        if Path(what).is_file():
            return _of_files([Path(what)])
        collection = find_collection(what)
        paths = workbook_files(collection)
        if not paths:
            raise SettingsError(
                f"Thư mục {collection.folder} chưa có tệp báo cáo nào; hãy chép các tệp Excel vào đó rồi chạy lại."
            )
        return collection, paths
    return _of_files([Path(path) for path in what])


def _of_files(paths: list[Path]) -> tuple[Collection, list[Path]]:
    """Take single files as a part of the collection they lie in, so that its schools and wordings are known."""
    if not paths:
        raise SettingsError("Danh sách tệp trống; hãy nêu ít nhất một tệp báo cáo.")
    if missing := [path for path in paths if not path.is_file()]:
        raise SettingsError(f"Không có tệp «{missing[0]}»; hãy kiểm tra lại đường dẫn.")
    paths = list(dict.fromkeys(path.resolve() for path in paths))
    folder = common_folder(paths)
    home = next((above for above in (folder, *folder.parents) if (above / COLLECTION_FILE).is_file()), folder)
    return find_collection(home), paths


@dataclass
class _File:
    """What is told of a file: its hash from just before it was read, and how many sheets of it were."""

    name: str
    sha256: str = ""
    sheets: int = 0


def _opened(
    files: dict[Path, _File], read: Iterable[tuple[Path, Workbook]], progress: Progress | None
) -> Iterator[tuple[str, Workbook]]:
    """Pass the files on in their order, one after another, so that no more than a few are in memory at a time."""
    for done, (path, workbook) in enumerate(read, 1):
        file = files[path]
        file.sheets = sum(not sheet.hidden for sheet in workbook.sheets)
        if progress:
            progress(done, len(files), file.name)
        yield file.name, workbook


def _corrected(
    opened: Iterable[tuple[str, Workbook]],
    lines: dict[str, list[corrections.Line]],
    collection: Collection,
    outcomes: list[corrections.Outcome],
) -> Iterator[tuple[str, Workbook]]:
    """Put the corrections into the workbooks as they pass by; what becomes of each line is added to `outcomes`."""
    for name, workbook in opened:
        if name in lines:
            workbook, changed = corrections.correct_file(name, workbook, lines[name], collection)  # noqa: PLW2901
            outcomes += changed
        yield name, workbook


def _hashed(files: dict[Path, _File]) -> Iterator[Path]:
    """Yield the paths, each hashed before it is read: a file that changes meanwhile is read again next time."""
    for path, file in files.items():
        file.sha256 = store.hash_file(path)
        yield path


def _read(files: dict[Path, _File], executor: Executor | None) -> Iterator[tuple[Path, Workbook]]:
    """Read the files in their order, so that a pool and a plain loop give the same result."""
    paths = _hashed(files)
    return read_workbooks(paths, len(files)) if executor is None else _read_by(executor, paths)


def _read_by(executor: Executor, paths: Iterator[Path]) -> Iterator[tuple[Path, Workbook]]:
    chunks = iter(lambda: list(islice(paths, CHUNK)), [])
    asked = deque(executor.submit(_read_chunk, chunk) for chunk in islice(chunks, AHEAD))
    while asked:
        read = asked.popleft().result()
        asked.extend(executor.submit(_read_chunk, chunk) for chunk in islice(chunks, 1))
        yield from read


def _read_chunk(paths: list[Path]) -> list[tuple[Path, Workbook]]:
    return list(read_workbooks(paths))


def _frame(files: Iterable[_File], counts: pd.DataFrame, found: Iterable[Finding]) -> pd.DataFrame:
    """Return the files frame: a file is partial when it was opened and something in it was not taken."""
    numbers = counts.groupby("file").size().to_dict()
    found = list(found)
    failed = {finding.file for finding in found if finding.level == "error"}
    others = {finding.file for finding in found if finding.code in NO_RETURN}
    return files_frame(
        {
            "file": file.name,
            "sha256": file.sha256,
            "status": "no_return" if file.name in others else _status(file.sheets, file.name in failed),
            "sheets": file.sheets,
            "counts": numbers.get(file.name, 0),
        }
        for file in files
    )


def _status(sheets: int, failed: bool) -> str:
    if not sheets:
        return "not_read"
    return "partial" if failed else "read"


def _with_problems(files: pd.DataFrame, found: Iterable[Finding]) -> pd.DataFrame:
    tally = Counter((finding.file, finding.level) for finding in found)
    return files.assign(
        errors=pd.array([tally[name, "error"] for name in files["file"]], dtype="Int64"),
        warnings=pd.array([tally[name, "warning"] for name in files["file"]], dtype="Int64"),
    )
