"""The catalogues as `make` compiles them."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages import mofile, pofile

from django.conf import settings

CATALOGUES = sorted(Path(settings.BASE_DIR).glob("portal/**/LC_MESSAGES/*.po"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_any_number_of_things_is_said_in_vietnamese(path):
    catalogue = pofile.read_po(path.open("rb"))
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)

    counted = [message for message in catalogue if message.pluralizable and message.string[0]]
    for message in counted:
        singular, plural = message.id
        said = [
            translations.npgettext(message.context, singular, plural, n)
            if message.context
            else translations.ngettext(singular, plural, n)
            for n in (0, 1, 15)
        ]
        assert said == [message.string[0]] * 3
