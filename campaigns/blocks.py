from django.utils.translation import gettext_lazy as _

from library.blocks import ResourceBlock
from portal.cms.blocks import BodyBlock


class ArticleBlock(BodyBlock):
    """The blocks of an article, and a learning resource of the library."""

    resource = ResourceBlock(group=_("Library"))
