"""Where things are, what a collection is, and the Party's rules with their dates of validity."""

from dangvien_analysis.settings.creating import new_collection
from dangvien_analysis.settings.folders import (
    COLLECTION_FILE,
    common_folder,
    find_collection,
    find_root,
    list_collections,
    processed_folder,
    workbook_files,
)
from dangvien_analysis.settings.model import (
    Break,
    Collection,
    FormerName,
    Organisation,
    Published,
    School,
    SettingsError,
)
from dangvien_analysis.settings.rules import NATIONAL_BREAKS, RULES, Rule, breaks_within, find_rule, rule

__all__ = [
    "COLLECTION_FILE",
    "NATIONAL_BREAKS",
    "RULES",
    "Break",
    "Collection",
    "FormerName",
    "Organisation",
    "Published",
    "Rule",
    "School",
    "SettingsError",
    "breaks_within",
    "common_folder",
    "find_collection",
    "find_root",
    "find_rule",
    "list_collections",
    "new_collection",
    "processed_folder",
    "rule",
    "workbook_files",
]
