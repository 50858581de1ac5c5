"""Kernels that run one notebook after another: starting one takes longer than most reports.

A kernel runs another notebook only if the one before left the process as it found it, and it forgets every variable in
between; so a report is the same, to the byte, whichever kernel made it. Any other kernel is ended, and the next
notebook gets a new one.
"""

from typing import Any

import nbformat
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

_REMEMBER = "from dangvien_analysis.kernel_state import remember; remember()"
_FORGET = "from dangvien_analysis.kernel_state import forget; forget()"
_IS_UNCHANGED = "__import__('dangvien_analysis.kernel_state').kernel_state.is_unchanged()"


class Kernel:
    """A kernel kept from one notebook to the next; it starts when the first one needs it."""

    engine = "dangvien-kept"  # the name by which papermill finds the way to run a notebook in it

    def __init__(self) -> None:
        self._starter: PapermillNotebookClient | None = None
        self._name = ""

    def run(self, notebook: Any, name: str, **options: Any) -> None:
        """Run a notebook that papermill manages in a kernel of this name; `options` are those of nbclient."""
        if name != self._name:
            self.end()
        if self._starter is None:
            self._start(name, options)
        client = PapermillNotebookClient(notebook, km=self._starter.km, kernel_name=name, **options)
        client.kc = self._starter.kc
        try:
            client.execute()
            is_as_before = self._ask(_FORGET, _IS_UNCHANGED) == "True"
        except BaseException:
            self.end()
            raise
        if not is_as_before:
            self.end()

    def end(self) -> None:
        """End the kernel, if there is one."""
        starter, self._starter = self._starter, None
        if starter is not None:
            starter._cleanup_kernel()  # noqa: SLF001 - nbclient has no public name for it

    def _start(self, name: str, options: dict[str, Any]) -> None:
        nothing = NotebookExecutionManager(nbformat.v4.new_notebook(), progress_bar=False)
        starter = PapermillNotebookClient(nothing, kernel_name=name, **options)
        starter.create_kernel_manager()
        starter.start_new_kernel()
        starter.start_new_kernel_client()
        self._starter, self._name = starter, name
        self._ask(_REMEMBER)

    def _ask(self, code: str, expression: str = "None") -> str:
        """Run code that no notebook shows; return what the expression then is, in words, "" if there was an error."""
        asked = self._starter.kc.execute(code, silent=True, user_expressions={"answer": expression})
        reply = self._starter.wait_for_reply(asked)["content"]
        return reply.get("user_expressions", {}).get("answer", {}).get("data", {}).get("text/plain", "")


class _KeptKernel(Engine):
    """Papermill's way to run a notebook in a kernel that is already there."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, *, kernel: Kernel, **options: Any) -> None:
        kernel.run(
            nb_man,
            kernel_name,
            startup_timeout=options["start_timeout"],
            extra_arguments=options["extra_arguments"],
            shutdown_kernel=options["shutdown_kernel"],
        )


papermill_engines.register(Kernel.engine, _KeptKernel)
