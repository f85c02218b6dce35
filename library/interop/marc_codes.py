"""Codes of MARC21 beside our own: languages, relators, kinds of material. Tables only.

Languages: MARC Code List for Languages (= ISO 639-2/B). It has no code of its own for many languages; those fall
under a collective one, and field 041 with `$2 iso639-3` says which.
"""

from ..enums import ContributorRole, Kind, Language

# ISO 639-3 -> the code for 008/35-37
LANGUAGES = {
    Language.VIETNAMESE: "vie",
    Language.TAY: "tai",
    Language.NUNG: "tai",
    Language.HMONG: "hmn",
    Language.WHITE_HMONG: "hmn",
    Language.GREEN_HMONG: "hmn",
    Language.IU_MIEN: "mis",
    Language.KIM_MUN: "mis",
    Language.ENGLISH: "eng",
    Language.CHINESE: "chi",
    Language.FRENCH: "fre",
    Language.RUSSIAN: "rus",
    Language.GERMAN: "ger",
    Language.JAPANESE: "jpn",
    Language.KOREAN: "kor",
    Language.LAO: "lao",
    Language.THAI: "tha",
    Language.UNDETERMINED: "und",
}
COLLECTIVE = ("tai", "mis")
# The other way; the terminology codes of ISO 639-2/T and those of 639-3 are met in the wild as well.
LANGUAGE_OF = {code: language for language, code in LANGUAGES.items() if code not in COLLECTIVE}
LANGUAGE_OF |= {language.value: language for language in Language} | {"hmn": Language.HMONG}
NOT_A_LANGUAGE = ("", "|||", "und", "zxx", "mul", "mis", "xxx")

# Relator codes and terms ($4, $e)
ROLES = {
    ContributorRole.AUTHOR: ("aut", "cre"),
    ContributorRole.TRANSLATOR: ("trl",),
    ContributorRole.EDITOR: ("edt", "edc", "com", "pbd"),
    ContributorRole.ILLUSTRATOR: ("ill", "art", "pht"),
    ContributorRole.CONTRIBUTOR: ("ctb", "oth", "col"),
}
ROLE_OF_RELATOR = {code: role for role, codes in ROLES.items() for code in codes}

# Kind -> leader/06 (type of record), leader/07 (level), RDA content, media and carrier (336, 337, 338)
MATERIALS = {
    Kind.BOOK: ("a", "m", ("txt", "n", "nc")),
    Kind.ARTICLE: ("a", "b", ("txt", "n", "nc")),
    Kind.GUIDE: ("a", "m", ("txt", "n", "nc")),
    Kind.LEAFLET: ("a", "m", ("txt", "n", "nb")),
    Kind.COURSE: ("m", "i", ("txt", "c", "cr")),
    Kind.VIDEO: ("g", "m", ("tdi", "v", "vz")),
    Kind.AUDIO: ("i", "m", ("spw", "s", "sz")),
    Kind.PICTURE: ("k", "m", ("sti", "n", "nb")),
    Kind.WEBSITE: ("a", "i", ("txt", "c", "cr")),
    Kind.DATASET: ("m", "m", ("cod", "c", "cr")),
}
ONLINE = ("c", "cr")  # computer, online resource
# leader/06 -> kind; texts are told apart by leader/07
KIND_OF_TYPE = {
    "c": Kind.BOOK,  # printed music
    "d": Kind.BOOK,
    "e": Kind.PICTURE,  # maps
    "f": Kind.PICTURE,
    "g": Kind.VIDEO,
    "i": Kind.AUDIO,
    "j": Kind.AUDIO,
    "k": Kind.PICTURE,
    "m": Kind.WEBSITE,
    "o": Kind.COURSE,  # kits
}
KIND_OF_LEVEL = {"a": Kind.ARTICLE, "b": Kind.ARTICLE, "i": Kind.WEBSITE}
KIND_OF_CARRIER = {"m": Kind.VIDEO, "v": Kind.VIDEO, "s": Kind.AUDIO}  # 007/00: film, video, sound
NUMERIC_FILE = "a"  # 008/26 of computer files

# Articles at the beginning of a title that filing leaves out (245, second indicator)
ARTICLES = {
    Language.ENGLISH: ("The ", "A ", "An "),
    Language.FRENCH: ("Le ", "La ", "Les ", "L'", "L’", "Un ", "Une ", "Des "),
    Language.GERMAN: ("Der ", "Die ", "Das ", "Ein ", "Eine "),
}
