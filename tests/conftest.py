"""What every test may rely on: no network, no clock in generated cases, no screen for charts."""

import os
import socket

import pytest
from hypothesis import settings

os.environ["MPLBACKEND"] = "agg"  # kernels that a test starts inherit it

# The same cases in every run: a failure that comes and goes tells nobody what to repair.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

# The longest files begin first: begun last, one of them keeps one worker busy while the others wait.
LONG = ("notebooks", "publication", "batch", "sections_outlook", "layouts", "cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first, and leave all others in their order."""
    rank = {f"test_{name}.py": place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONG)))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything works without network; only a notebook's kernel is spoken to, on this machine."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a test reached for the network: {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
