"""What a notebook leaves behind in the process that ran it: run there, asked by `kernels`."""

import locale
import os
import random
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

_remembered: list[dict[str, str]] = []


def remember() -> None:
    """Load what most notebooks need, and keep how this process is before the first of them."""
    from dangvien_analysis import parameters, sections  # noqa: F401 - so that the first notebook is like the others

    forget()
    _remembered[:] = [_state()]


def forget() -> None:
    """Drop every variable, begin to count cells anew, and draw other random numbers, as a new process does."""
    from IPython import get_ipython

    get_ipython().reset(new_session=True)
    random.seed()
    np.random.seed()  # noqa: NPY002 - the generator that notebooks draw from


def is_unchanged() -> bool:
    """Tell whether this process still is as it was before the first notebook, its variables apart."""
    return _remembered == [_state()]


def _state() -> dict[str, str]:
    """Return, in words, all that a notebook may set for those after it."""
    import matplotlib as mpl
    from IPython import get_ipython

    shell = get_ipython()
    return {
        "folder": os.getcwd(),  # noqa: PTH109 - what a notebook that changed it sees
        "environment": repr(sorted(os.environ.items())),
        "path": repr(sys.path),
        "modules": repr(sorted(_own_modules())),
        "warnings": repr(warnings.filters),
        "locale": repr(locale.setlocale(locale.LC_ALL)),
        "style": repr(sorted(dict.items(mpl.rcParams))),  # past its own reading, which would choose a backend
        "options": repr(list(_options(pd.options))),
        "events": repr(shell.events.callbacks),
        "formatters": repr({name: one.type_printers for name, one in shell.display_formatter.formatters.items()}),
    }


def _own_modules() -> Iterator[str]:
    """Yield the modules that lie beside the notebooks: what they keep between two notebooks nobody knows."""
    here, others = Path.cwd(), (Path(sys.prefix), Path(__file__).parent)
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and here in Path(file).parents and not any(folder in Path(file).parents for folder in others):
            yield name


def _options(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name in dir(group):
        option = getattr(group, name)
        if type(option) is type(group):
            yield from _options(option, f"{before}{name}.")
        else:
            yield before + name, option
