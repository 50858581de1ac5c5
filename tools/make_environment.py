"""Make environment.yml, for conda users, from requirements.lock.

Python and pip come from conda-forge and everything else through pip with the pins of the lock, so that both
ways to install give the same versions and a test can compare them.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ">=3.11,<3.15"  # the versions for which every pin has a wheel

HEAD = f"""\
# Made from requirements.lock by `make lock`; do not edit.
#   conda env create --file environment.yml
#   conda activate dangvien
#   pip install --no-deps --no-build-isolation --editable .
name: dangvien
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python {PYTHON}
  - pip
  - pip:
"""


def read_pins(lock: str) -> list[str]:
    """Return the pins of a lock as requirement lines, without hashes and comments."""
    lines = (line.removesuffix("\\").strip() for line in lock.splitlines() if line[:1].isalnum())
    return [line for line in lines if "==" in line]


def render(pins: list[str]) -> str:
    """Return the text of environment.yml with `pins` in its pip part."""
    return HEAD + "".join(f"      - {pin}\n" for pin in pins)


def main() -> None:
    """Write environment.yml beside requirements.lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (ROOT / "environment.yml").write_text(render(read_pins(lock)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
