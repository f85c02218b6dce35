"""Kinds of administrative units. The labels are Vietnamese in every language: they are part of the name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import text


class PlaceKind(models.TextChoices):
    PROVINCE = "province", "Tỉnh"
    DISTRICT = "district", "Huyện"
    CITY = "city", "Thành phố"  # a city of the province: a district-level unit until 30/06/2025
    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    TOWNSHIP = "township", "Thị trấn"
    XOM = "xom", "Xóm"
    THON = "thon", "Thôn"
    BAN = "ban", "Bản"
    TO_DAN_PHO = "to_dan_pho", "Tổ dân phố"

    def strip_from(self, name):
        """COMMUNE, "Xã Đàm Thuỷ" -> "Đàm Thuỷ"; a name that does not begin with the kind -> ""."""
        words, length = name.split(), len(self.label.split())
        begins = text.name_key(" ".join(words[:length])) == text.name_key(self.label)
        return " ".join(words[length:]) if begins else ""


DISTRICT_KINDS = (PlaceKind.DISTRICT, PlaceKind.CITY)
COMMUNE_KINDS = (PlaceKind.COMMUNE, PlaceKind.WARD, PlaceKind.TOWNSHIP)
VILLAGE_KINDS = (PlaceKind.XOM, PlaceKind.THON, PlaceKind.BAN, PlaceKind.TO_DAN_PHO)


class ChangeKind(models.TextChoices):
    """How (a part of) one unit became (a part of) another."""

    MERGE = "merge", _("merged into a new unit")
    ABSORB = "absorb", _("taken in by a unit that continues")
    SPLIT = "split", _("a part went to another unit")
