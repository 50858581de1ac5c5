"""Send forms through LibreOffice and back: what was typed must still be read, and sums must be those we stored.

Also draws every sheet of an empty and a filled form as it prints, into reports/pictures/forms.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from dangvien_analysis import load_returns
from dangvien_analysis.forms import FormPlan, Key, form_file, plan_form
from dangvien_analysis.forms.layout import Live
from dangvien_analysis.settings import Collection, find_collection

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "reports" / "pictures" / "forms"
SEEDS = range(4)
DPI = 70


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice open a file, calculate it anew and save it as another kind."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, path]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    return folder / f"{path.stem}.{kind}"


def draw_numbers(form: FormPlan, seed: int) -> dict[Key, int]:
    """Draw numbers for some cells of a form, blanks for the others."""
    chance = random.Random(seed)
    return {key: chance.randint(0, 40) for key in form.inputs().values() if chance.random() < 0.8}


def read(path: Path, collection: Collection) -> dict[Key, int]:
    """Load one return as if it lay in the collection's folder."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(collection.folder / "collection.toml", folder)
        counts = load_returns(shutil.copy(path, folder)).counts
    fields = list(Key._fields)
    texts = counts[fields].astype(object).where(counts[fields].notna(), None)
    return dict(zip(map(Key._make, texts.itertuples(index=False)), counts["n"], strict=True))


def shown(path: Path, form: FormPlan) -> dict[tuple, object]:
    """Return what the cells that compute themselves show in a saved workbook: nothing is an empty text, 0 is "0"."""
    book = openpyxl.load_workbook(path, data_only=True)
    places = [(p.name, *at) for p in form.pages for at, cell in p.cells.items() if isinstance(cell, Live)]
    values = {place: book[place[0]].cell(*place[1:]).value for place in places}
    return {place: "" if value is None else str(value).strip() for place, value in values.items()}


def check(collection: Collection, folder: Path, seed: int) -> list[str]:
    """Return what a trip through LibreOffice changed in one form filled by chance."""
    form = plan_form(collection, collection.schools[0])
    numbers = draw_numbers(form, seed)
    path = folder / f"form-{seed}.xlsx"
    path.write_bytes(form_file(form, numbers))
    faults = [] if read(path, collection) == numbers else [f"{path.name}: read as something else"]
    (folder / "out").mkdir(exist_ok=True)
    bare = folder / f"bare-{seed}.xlsx"  # without stored values, so that LibreOffice has to calculate
    openpyxl.load_workbook(path).save(bare)
    again = convert(bare, "xlsx", folder / "out")
    trips = (again, *(convert(path, kind, folder / "out") for kind in ("xlsx", "ods", "xls")))
    faults += [f"{saved.name}: other numbers" for saved in trips if read(saved, collection) != numbers]
    ours, theirs = shown(path, form), shown(again, form)
    return faults + [f"{path.name}: {p} shows {theirs[p]!r}, not {ours[p]!r}" for p in ours if ours[p] != theirs[p]]


def picture(collection: Collection, folder: Path) -> None:
    """Draw a form as it prints, empty and filled."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    form = plan_form(collection, collection.schools[0])
    last = {key: 12 for key in form.inputs().values() if key.kind == "actual" and not key.cohort}
    for name, numbers in (("empty", {}), ("filled", draw_numbers(form, 1))):
        path = folder / f"{name}.xlsx"
        path.write_bytes(form_file(plan_form(collection, collection.schools[0], last), numbers))
        drawn = convert(path, "pdf", folder)
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", drawn, PICTURES / name], check=True)


def main() -> int:
    """Check and draw the forms of the sample; 1 if LibreOffice changed anything."""
    if shutil.which("soffice") is None:
        sys.exit("No LibreOffice was found; `make look` installs it on Debian.")
    collection = find_collection(ROOT / "data" / "raw" / "sample")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults = [fault for seed in SEEDS for fault in check(collection, folder, seed)]
        picture(collection, folder)
    print("\n".join(faults) or f"forms: ok, {len(SEEDS)} went through LibreOffice as .xlsx, .ods and .xls")
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {os.path.relpath(PICTURES, ROOT)}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
