"""The codes behind the words of people: kinds, levels, languages, audiences, licences. Pure.

Words are compared folded: without accents, capitals and signs. A label of the portal in any of its languages is known,
and what Vietnamese ledgers write besides.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from portal.text import syllables

from .enums import Audience, Kind, Language, Level
from .licences import COMMON_LICENCES, UNKNOWN, explain
from .statements import language_of

# Nothing for the Dao: "tiếng Dao" does not say which of their two languages.
MORE_WORDS: dict[type[TextChoices], dict[str, tuple[str, ...]]] = {
    Kind: {
        Kind.BOOK: ("sách in", "sách điện tử", "ebook", "giáo trình", "truyện", "sách giáo khoa", "luận văn"),
        Kind.ARTICLE: ("bài báo", "báo", "tạp chí", "bài trích"),
        Kind.GUIDE: ("tài liệu hướng dẫn", "sổ tay", "cẩm nang", "tài liệu kỹ thuật", "tiêu chuẩn"),
        Kind.LEAFLET: ("tờ gấp", "áp phích", "poster"),
        Kind.COURSE: ("bài giảng", "bài học"),
        Kind.VIDEO: ("phim", "video", "băng hình", "dvd", "vcd"),
        Kind.AUDIO: ("băng đĩa", "bài hát", "ghi âm", "sách nói", "audio", "cd"),
        Kind.PICTURE: ("tranh", "ảnh", "tranh ảnh", "bản đồ", "hình ảnh"),
        Kind.WEBSITE: ("website", "trang thông tin điện tử", "trang mạng"),
        Kind.DATASET: ("số liệu", "dữ liệu", "cơ sở dữ liệu"),
    },
    Level: {
        Level.LITERACY: ("xóa mù", "xóa mù chữ"),
        Level.PRIMARY: ("cấp 1", "cấp i"),
        Level.LOWER_SECONDARY: ("cấp 2", "cấp ii", "thcs"),
        Level.UPPER_SECONDARY: ("cấp 3", "cấp iii", "thpt", "trung học"),
        Level.VOCATIONAL: ("trung cấp", "dạy nghề", "học nghề"),
        Level.HIGHER: ("đại học", "cao đẳng", "sau đại học"),
        Level.ADULT: ("người lớn",),
        Level.OFFICER: ("cán bộ",),
    },
    Language: {
        Language.VIETNAMESE: ("tiếng việt", "việt", "vi", "việt nam", "kinh"),
        Language.TAY: ("tày", "tiếng tày"),
        Language.NUNG: ("nùng", "tiếng nùng"),
        Language.HMONG: ("mông", "tiếng mông", "h'mông", "hmông"),
        Language.ENGLISH: ("anh", "tiếng anh", "en"),
        Language.CHINESE: ("trung", "tiếng trung", "tiếng hoa", "trung quốc", "zh"),
        Language.FRENCH: ("pháp", "tiếng pháp", "fr"),
        Language.RUSSIAN: ("nga", "tiếng nga", "ru"),
        Language.GERMAN: ("đức", "tiếng đức", "de"),
        Language.JAPANESE: ("nhật", "tiếng nhật", "ja"),
        Language.KOREAN: ("hàn", "tiếng hàn", "ko"),
        Language.LAO: ("lào", "tiếng lào"),
        Language.THAI: ("thái lan", "tiếng thái lan"),
    },
    Audience: {
        Audience.CITIZEN: ("người dân", "nhân dân", "bạn đọc", "học sinh"),
        Audience.OFFICER: ("cán bộ",),
        Audience.BOTH: ("mọi người", "cán bộ và người dân"),
    },
}

# ISO 639-2/B, where it differs from the terminology codes that we hold
BIBLIOGRAPHIC = {
    "chi": Language.CHINESE,
    "fre": Language.FRENCH,
    "ger": Language.GERMAN,
}


def key(text: str) -> str:
    """ "Năm XB." and "NĂM\\nXB" are one word here: "nam xb"."""
    return " ".join(base for base, _exact in syllables(text))


def code_of(choices: type[TextChoices], text: str) -> str | None:
    """The value behind a code or a label; None when nobody knows the word."""
    if text in choices.values:
        return text
    return _words(choices).get(key(text))


@cache
def _words(choices: type[TextChoices]) -> Mapping[str, str]:
    known = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {key(str(each.label)): each.value for each in choices}
    for value, words in MORE_WORDS.get(choices, {}).items():
        known |= {key(word): value.value for word in words}
    return known


def licence_named(text: str) -> str | None:
    """The code of a licence by its code or its name: "CC BY 4.0" -> "CC-BY-4.0". None when it is not known."""
    return _licences().get(key(text))


@cache
def _licences() -> Mapping[str, str]:
    known = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {key(str(explain(each).name)): each for each in COMMON_LICENCES}
    return known | {key(each): each for each in COMMON_LICENCES} | {key("không rõ"): UNKNOWN}


@lru_cache(maxsize=1000)
def language_named(text: str) -> Language | None:
    """By a tag of BCP 47, a code of ISO 639 or a name in the languages of the portal: "vi-VN", "ger", "tiếng Tày"."""
    word = text.strip().lower().replace("_", "-")
    code = word.partition("-")[0]
    if not code:
        return None
    by_tag = next((each for each in Language if each.bcp47 == code), None)
    named = by_tag or BIBLIOGRAPHIC.get(code) or code_of(Language, word)
    return Language(named) if named else None


def language_guessed(text: str, declared: str) -> Language:
    """Vietnamese by its letters, whatever is declared (pages often declare the language of their program); else the
    declared one; else not determined. Tày, Nùng, Hmong and Dao are for a person to say."""
    if language_of(text) == Language.VIETNAMESE:
        return Language.VIETNAMESE
    return language_named(declared) or Language.UNDETERMINED
