"""A kernel that runs one notebook after another: each finds what it would find in a kernel of its own."""

import os
from pathlib import Path

import pytest
from small_collection import make_project, write_notebook

from dangvien_analysis import execution, kernels
from dangvien_analysis.execution import NotebookError
from dangvien_analysis.kernels import Kernel

PROCESS = "import os, pandas as pd\nprint(os.getpid())"
CHANGES = {  # what a notebook may change for those after it, and back
    "os.chdir('notebooks')": "os.chdir('..')",
    "os.environ['DANGVIEN_THU'] = '1'": "del os.environ['DANGVIEN_THU']",
    "sys.path.append('thu')": "sys.path.pop()",
    "warnings.simplefilter('error')": "warnings.filters.pop(0)",
    "pd.set_option('display.max_rows', 7)": "pd.reset_option('display.max_rows')",
    "mpl.rcParams['font.size'] = 20": "mpl.rcParams['font.size'] = 10",
    "import loi_nho": "del sys.modules['loi_nho']",
    "shell.events.register('post_execute', print)": "shell.events.unregister('post_execute', print)",
    "old = text.for_type(set, print)": "text.for_type(set, old)",
}
NAMES = """import os, sys, warnings, pandas as pd, matplotlib as mpl
shell = get_ipython()
text = shell.display_formatter.formatters['text/plain']
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with a notebook "nho" that prints the number of its process."""
    monkeypatch.setenv("DANGVIEN_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    make_project(tmp_path)
    (tmp_path / "loi_nho.py").write_text("KEPT = []\n", encoding="utf-8")
    write_notebook(tmp_path, "nho", PROCESS)
    return tmp_path


@pytest.fixture
def kernel():
    """A kernel to be kept."""
    kernel = Kernel()
    yield kernel
    kernel.end()


def run(root: Path, kernel: Kernel, name: str = "nho") -> int:
    """Run a notebook in the kernel and return the number of the process that ran it."""
    executed = root / "executed.ipynb"
    execution.execute(root / "notebooks" / f"{name}.ipynb", executed, {"collection": "thu"}, {}, kernel)
    outputs = [output for cell in execution._load(executed).cells for output in cell.get("outputs", [])]
    return int(outputs[-1]["text"])


def test_a_kernel_runs_one_notebook_after_another(root, kernel):
    """That is what it is for; a notebook that fails in its cells is no reason to start another."""
    first = run(root, kernel)
    write_notebook(root, "hong", 'raise ValueError("hỏng rồi")')
    with pytest.raises(NotebookError, match="hỏng rồi"):
        run(root, kernel, "hong")
    assert run(root, kernel) == first


def test_variables_do_not_reach_the_next_notebook(root, kernel):
    """It cannot rest on them by mistake."""
    write_notebook(root, "dat", "left_behind = 1", PROCESS)
    first = run(root, kernel, "dat")
    write_notebook(root, "hoi", "assert 'left_behind' not in globals()", PROCESS)
    assert run(root, kernel, "hoi") == first


def test_a_process_that_a_notebook_changed_runs_no_other(root, kernel):
    """The next one starts anew."""
    write_notebook(root, "doi", f"import matplotlib\nmatplotlib.rcParams['font.size'] = 20\n{PROCESS}")
    changed = run(root, kernel, "doi")
    assert run(root, kernel) != changed


def test_every_change_is_noticed(root, kernel):
    """Settings, folders, modules beside the notebooks; and what was set back is no change."""
    run(root, kernel)
    for change, back in CHANGES.items():
        assert kernel._ask(NAMES + change, kernels._IS_UNCHANGED) != "True", change
        assert kernel._ask(NAMES + back, kernels._IS_UNCHANGED) == "True", back


def test_random_numbers_begin_anew(root, kernel):
    """A notebook that fixes its own does not fix those of the next."""
    write_notebook(root, "gieo", "import numpy as np\nnp.random.seed(1)", PROCESS)
    first = run(root, kernel, "gieo")
    repeated = "import numpy as np\nassert np.random.random() != np.random.RandomState(1).random()"
    write_notebook(root, "rut", repeated, PROCESS)
    assert run(root, kernel, "rut") == first


def test_a_kernel_that_dies_is_replaced(root, kernel):
    """One notebook fails, and not those after it."""
    write_notebook(root, "chet", "import os\nos._exit(3)")
    with pytest.raises(Exception, match=r"[Dd]ied|chết|dừng"):
        run(root, kernel, "chet")
    assert run(root, kernel) != os.getpid()
