"""What cataloguers write into their fields: statements of responsibility, dates, extents. Pure: no database.

Vietnamese catalogues put several people into one field, say in words who did what, and write years as "c2009." or
"[198-?]"; what is said is taken, what is only hinted at is left open.
"""

import re
import unicodedata

from portal.text import nfc

from .enums import ContributorRole, Language

Person = list[str]  # [name, role], the shape of `domain.description`

# Words for what somebody did, in the order in which they are looked for.
ROLE_WORDS = {
    ContributorRole.AUTHOR: ("tác giả", "khởi thảo", "author"),
    ContributorRole.TRANSLATOR: (
        "người dịch",
        "dịch giả",
        "biên dịch",
        "dịch",
        "translator",
        "translated by",
    ),
    ContributorRole.EDITOR: (
        "tổng chủ biên",
        "chủ biên",
        "biên tập",
        "b.s",
        "biên soạn",
        "hiệu đính",
        "editor",
    ),
    ContributorRole.ILLUSTRATOR: ("minh họa", "minh hoạ", "vẽ tranh", "illustrator", "illustrated by"),
    ContributorRole.CONTRIBUTOR: ("tham gia", "cộng sự", "contributor"),
}
ROLE_OF_WORD = {word: role for role, words in ROLE_WORDS.items() for word in words}
WORD = "|".join(sorted(map(re.escape, ROLE_OF_WORD), key=len, reverse=True))
# A run of blanks and commas is looked at once, from its beginning: a field may hold thousands of them
NOTE_AFTER = re.compile(rf"(?P<name>.*?[^\s,])[\s,]*\((?P<word>{WORD})\)\.?", re.IGNORECASE)
WORD_AFTER = re.compile(rf"(?P<name>.*?[^\s,])[\s,]+(?P<word>{WORD})\.?", re.IGNORECASE)
WORD_BEFORE = re.compile(rf"(?P<word>{WORD})\s*:\s*(?P<name>.+)", re.IGNORECASE)
WORD_ALONE = re.compile(rf"\(?(?P<word>{WORD})\)?\.?", re.IGNORECASE)
AND_OTHERS = re.compile(
    r"(?<![\s.,…])[\s.,…]*[\[(]\s*(?:et al\.?|và những người khác|và các tác giả khác|v\.\s?v\.*)\s*[\])]"
    r"|(?<!\s)\s*\bet al\.?$|(?<![\s.,…])[\s.,]*…$",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "du",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "y",
        "e",
    ]
)
YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])")
PAGES = re.compile(r"(\d{1,5})\s*(?:p\b|pp\b|pages?\b|tr\b|trang\b|s\.|S\.)", re.IGNORECASE)
MINUTES = re.compile(r"(\d{1,4})\s*(?:min\b|minutes?\b|phút\b)", re.IGNORECASE)
ONLY_VIETNAMESE = (
    re.compile(  # of letters taken apart (NFD): đ, ơ, ư, a hook or dot at a vowel, two marks on one
        "[đĐ]|[ouOU]\u031b|[aeiouyAEIOUY][\u0309\u0323]|[aeoAEO][\u0302\u0306][\u0300\u0301\u0303\u0309]"
    )
)


def listed_people(text: str) -> list[Person]:
    """Our own way of writing: "Clare Verbeek; Nana Trang (dịch)". Nothing but semicolons separates."""
    return _once(_with_note(part) for part in text.split(";"))


def people(text: str) -> list[Person]:
    """Names out of a field as catalogues fill it: semicolons, line breaks and, between names of people, commas;
    "chủ biên", "Nguyễn Văn A dịch" or "Tham gia: …" tell the role. "… [et al.]" is left out."""
    found: list[Person] = []
    for piece in re.split(r"[;\n]", nfc(text)):
        piece = " ".join(AND_OTHERS.sub("", piece).split()).strip(" .,")
        role = None
        if piece.startswith("(") and found:
            found[-1][0] += f" {piece}"
            continue
        if before := WORD_BEFORE.fullmatch(piece):
            piece, role = before["name"], ROLE_OF_WORD[before["word"].lower()]
        for part in _people_between_commas(piece):
            if alone := WORD_ALONE.fullmatch(part):
                if found:
                    found[-1][1] = ROLE_OF_WORD[alone["word"].lower()].value
                continue
            after = NOTE_AFTER.fullmatch(part) or WORD_AFTER.fullmatch(part)
            name = (after["name"] if after else part).strip(" ,")
            said = ROLE_OF_WORD[after["word"].lower()] if after else role
            found.append([_without_full_stop(name), (said or ContributorRole.AUTHOR).value])
    return _once(found)


def natural_order(name: str) -> str:
    """ "Santos, Mílton" -> "Mílton Santos"; what has no single comma stays."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given else name


def year_of(text: str) -> int | None:
    """The first year in "c2009", "2009.", "[1998]", "in lần 2, 2011"; none in "198-?", nor where a span is guessed
    ("between 1880 and 1893")."""
    years = [int(each) for each in YEAR.findall(text)]
    if not years or re.search(r"\bbetween\b|\bgiữa\b|\bkhoảng từ\b", text, re.IGNORECASE):
        return None
    return years[0]


def pages_of(text: str) -> int | None:
    """ "xii, 450 p., [16] p. of plates" -> 450."""
    counts = [int(each) for each in PAGES.findall(text)]
    return max(counts) if counts and max(counts) > 0 else None


def minutes_of(text: str) -> int | None:
    """ "1 videodisc (45 min.)" -> 45."""
    match = MINUTES.search(text)
    return int(match[1]) if match and int(match[1]) > 0 else None


def language_of(title: str) -> Language:
    """Vietnamese when the title has letters that only Vietnamese writes, else not determined."""
    found = ONLY_VIETNAMESE.search(unicodedata.normalize("NFD", title))
    return Language.VIETNAMESE if found else Language.UNDETERMINED


def _with_note(part: str) -> Person:
    part = " ".join(part.split())
    match = NOTE_AFTER.fullmatch(part)
    if not match:
        return [part, ContributorRole.AUTHOR.value]
    return [match["name"], ROLE_OF_WORD[match["word"].lower()].value]


def _people_between_commas(piece: str) -> list[str]:
    """Commas (and "and" after one) separate names of people; in the name of a body they do not, and
    "Santos, Mílton" is one person."""
    parts = [part.strip() for part in piece.split(",") if part.strip()]
    if len(parts) < 2:
        return [piece] if piece else []
    *first, last = parts
    parts = [*first, *(part.strip() for part in re.split(r"\s+(?:and|và|&)\s+", last))]
    names = [WORD_AFTER.sub(r"\g<name>", part) for part in parts if not WORD_ALONE.fullmatch(part)]
    inverted = len(names) == 2 and " " not in names[0] and len(parts) == 2
    if inverted or not all(map(_may_be_a_person, names)):
        return [piece]
    return parts


def _may_be_a_person(name: str) -> bool:
    words = name.split()
    capital = all(word[0].isupper() or word in PARTICLES for word in words)
    return 0 < len(words) <= 6 and capital and not re.search(r"\d", name)


def _without_full_stop(name: str) -> str:
    """ "Bùi Ngọc Tuyên." ends with a full stop of ISBD, "Sammy Davis Jr." and "J. B." do not."""
    last = name.rpartition(" ")[2]
    return name[:-1] if name.endswith(".") and len(last) > 3 and "." not in last[:-1] else name


def _once(found) -> list[Person]:
    return [list(each) for each in dict.fromkeys(tuple(person) for person in found if person[0])]
