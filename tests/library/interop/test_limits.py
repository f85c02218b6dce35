"""The limits of what is read from others are those of the models."""

from library.interop import limits
from library.models import Contribution, Rendition, Resource, SourceRecord, Tag, resources


def longest(model, name):
    return model._meta.get_field(name).max_length


def test_limits_of_what_is_read_are_those_of_the_models():
    assert longest(Resource, "title") == limits.LONGEST_TITLE
    assert longest(Resource, "publisher") == limits.LONGEST_NAME
    assert longest(Resource, "rights_holder") == limits.LONGEST_NAME
    assert longest(Contribution, "name") == limits.LONGEST_NAME
    assert longest(Tag, "name") == limits.LONGEST_TAG
    assert longest(SourceRecord, "key") == limits.LONGEST_KEY
    assert longest(Resource, "source_url") == limits.LONGEST_ADDRESS
    assert longest(Rendition, "url") == limits.LONGEST_ADDRESS
    assert (limits.FIRST_YEAR, limits.LAST_YEAR) == (resources.FIRST_YEAR, resources.LAST_YEAR)
    assert limits.OLDEST == resources.OLDEST
