"""Vietnamese text, in pure functions: no Django, no database, no setting.

nfc                 the form in which text is stored
fold                text without accents and case, to compare; fold_with_offsets also tells where each character was
folds_in_place      whether each character of a text folds to one
syllables           search tokens: (base, exact) for each word, "Khuyến" -> ("khuyen", "khuyen61")
syllable_texts      the same as two texts, for the index
telex, vni          what the raw keys of a typing method stand for: "khuyeens hocj" -> "khuyến học"
slug                part of an address: "Đại hội" -> "dai-hoi"
sort_key            Vietnamese alphabetical order as a string; given_name_key the same for people, by given name
word_pattern        a regular expression that finds a word in a sort key, whatever its accents
name_key            equal for all spellings of one name; same_name compares two
parse_date_vi       05/02/2026 is 5 February; format_date, format_date_long, format_date_official write dates
parse_number_vi     "1.234.567,5"; format_number_vi writes numbers

Tày and Nùng are written with Latin letters and the Vietnamese marks; their digraphs (sl, pj, phj, bj, mj) are
ordinary letters here, sorted one by one.
"""

from .dates import format_date, format_date_long, format_date_official, parse_date_vi
from .folding import fold, fold_with_offsets, folds_in_place
from .names import name_key, same_name
from .normalise import nfc
from .numbers import format_number_vi, parse_number_vi
from .slug import slug
from .sort import given_name_key, sort_key, word_pattern
from .syllables import syllable_texts, syllables
from .typing_methods import telex, vni

__all__ = [
    "fold",
    "fold_with_offsets",
    "folds_in_place",
    "format_date",
    "format_date_long",
    "format_date_official",
    "format_number_vi",
    "given_name_key",
    "name_key",
    "nfc",
    "parse_date_vi",
    "parse_number_vi",
    "same_name",
    "slug",
    "sort_key",
    "syllable_texts",
    "syllables",
    "telex",
    "vni",
    "word_pattern",
]
