"""How papermill runs a notebook of this package: as ever, but noting no path and so no user name.

papermill loads this module when it starts, for `pyproject.toml` names it under `papermill.engine`; so it also holds for
plain `papermill notebook out`. Notebooks of others are run as ever. `--engine nbclient` is papermill's own way.
"""

from pathlib import PureWindowsPath
from typing import Any

from dangvien_analysis import anonymous

NAMES = ("input_path", "output_path")  # papermill's notes of the two names as they were typed


class Discreet:
    """papermill's own engine, which afterwards forgets where the notebook lay."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook that papermill has prepared and return it; an error in a cell stays in its outputs."""
        from papermill.engines import NBClientEngine

        if "dangvien" not in nb.metadata:
            return NBClientEngine.execute_notebook(nb, kernel_name, **options)
        notes = nb.metadata.papermill
        values = notes.parameters
        notes.update({name: PureWindowsPath(notes[name]).name for name in NAMES if notes.get(name)})
        notes.parameters = anonymous.shown(values)
        executed = NBClientEngine.execute_notebook(nb, kernel_name, **options)
        anonymous.hide_paths(executed, values)
        return executed

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return the kernel that a notebook asks for."""
        from papermill.utils import nb_kernel_name

        return nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return the language that a notebook is written in."""
        from papermill.utils import nb_language

        return nb_language(nb, language)


# Last: whichever of the two modules is loaded first loads the other, and papermill then asks this one for its engine.
from papermill.engines import papermill_engines  # noqa: E402

papermill_engines.register(None, Discreet)
