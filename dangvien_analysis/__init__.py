"""Turn the Excel returns of schools on Party-membership development into figures, notebooks and reports.

>>> from dangvien_analysis import load_returns
>>> load_returns("sample").counts
"""

from importlib import import_module

__version__ = "0.1.0"

# Loaded when first used: the command line starts without paying for pandas.
_HOMES = {"load_returns": "loading", "open_store": "store", "Returns": "store", "SettingsError": "settings"}
__all__ = ["Returns", "SettingsError", "load_returns", "open_store"]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
