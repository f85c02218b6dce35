import psycopg
import pytest

from . import postgres
from .machine import Missing


def test_cluster_is_current_and_gone_after_use():
    try:
        with postgres.running() as url, psycopg.connect(url) as connection:
            assert connection.info.server_version >= 150000
            assert connection.info.host == "127.0.0.1"
    except Missing as reason:
        pytest.skip(f"NOT TESTED: PostgreSQL - {reason}")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=3)
