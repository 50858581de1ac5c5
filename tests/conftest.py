"""What every test may rely on: no network, no clock in generated cases, no screen for charts."""

import os
import socket

import pytest
from hypothesis import settings

os.environ["MPLBACKEND"] = "agg"  # kernels that a test starts inherit it

# The same cases in every run: a failure that comes and goes tells nobody what to repair.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything works without network; only a notebook's kernel is spoken to, on this machine."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"a test reached for the network: {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
