"""What a collection, its schools and its office are; nothing about a particular office is written in code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ISSUERS = ("board", "committee")


class SettingsError(Exception):
    """Say in one Vietnamese sentence what is wrong, what exists, and what to do."""


@dataclass(frozen=True)
class FormerName:
    """What a school was called, and the last day on which it was."""

    name: str
    until: date


@dataclass(frozen=True)
class Break:
    """A day from which numbers are not made as before; `text` says why, in the words that stand under a chart."""

    day: date
    text: str


@dataclass(frozen=True)
class School:
    """A reporting unit; `id` stays the same when the school is renamed, the old name goes to `former`.

    A school that was merged keeps its id, its name and its numbers: `valid_to` is its last day, `successor` the id of
    the school that took it over.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    former: tuple[FormerName, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name by which returns may call the school."""
        return (self.name, *self.aliases, *(old.name for old in self.former))


@dataclass(frozen=True)
class Organisation:
    """The office as its letterhead names it."""

    parent: str = ""
    name: str = ""
    board: str = ""
    issuer: str = "board"
    place: str = ""
    staff_label: str = ""


@dataclass(frozen=True)
class Published:
    """A figure already made public, to be reconciled over all schools and exactly these periods."""

    group: str
    measure: str
    periods: tuple[str, ...]
    n: int
    source: str
    note: str = ""


@dataclass(frozen=True)
class Collection:
    """A folder of returns for one call for returns, with what its `collection.toml` says."""

    id: str
    folder: Path
    title: str
    periods: tuple[str, ...] = ()
    as_of: date | None = None
    deadline: date | None = None
    illustrative: bool = False
    organisation: Organisation = field(default_factory=Organisation)
    schools: tuple[School, ...] = ()
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    published: tuple[Published, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    proposal: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # group -> supplementary targets to try
    breaks: tuple[Break, ...] = ()

    @property
    def school_names(self) -> dict[str, str]:
        """The names of the schools by id."""
        return {school.id: school.name for school in self.schools}

    def file_name(self, path: Path) -> str:
        """Return what a file of the folder is called everywhere: its path in it, with "/" on Windows too."""
        return path.relative_to(self.folder).as_posix()
