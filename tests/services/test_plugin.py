"""What tests/services/plugin.py promises to tests that commit."""

import pytest

from wagtail.models import Page


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_root_page_is_there_again_after_a_test_that_commits(time):
    assert Page.get_first_root_node() is not None
    Page.objects.all().delete()
