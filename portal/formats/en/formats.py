"""English, for readers in Viet Nam: days come first and weeks begin on Monday; numbers are as English writes them."""

from portal.formats.vi.formats import *  # noqa: F403

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
DATETIME_FORMAT = "j F Y, H:i"

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
