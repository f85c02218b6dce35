import pytest

from django.core.cache import cache

from portal.web.visitors.rate_limit import RateLimit

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture(autouse=True)
def nobody_has_acted_before():
    cache.clear()


def test_the_act_after_the_last_is_one_too_many_for_its_connection_only():
    limit = RateLimit("mẫu", 2, 60)
    assert [limit.allows(HERE) for _act in range(3)] == [True, True, False]
    assert limit.allows(THERE)
    assert RateLimit("khác", 2, 60).allows(HERE)


def test_asking_whether_it_is_spent_counts_nothing():
    limit = RateLimit("mẫu", 1, 60)
    assert not any(limit.is_spent(HERE) for _time in range(3))
    assert limit.allows(HERE)
    assert limit.is_spent(HERE)
    assert not limit.is_spent(THERE)
