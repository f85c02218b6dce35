"""What not everybody may see, as arguments of `ResourceFactory`."""

import datetime

HIDDEN = [
    {"officers_only": True},
    {"withdrawn": True},
    {"proposed": True},
    {"embargo_until": datetime.date(2999, 1, 1)},
]
OUT_OF_DATE = {"valid_until": datetime.date(2001, 1, 1)}
