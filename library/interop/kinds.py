"""What sources say of the kind of a thing: DCMI, openaire, DSpace, LOM, MODS and people's own words. Pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

from portal.text import fold

from ..codes import code_of
from ..enums import Kind

# Folded; what only says "text" says nothing of the kind.
WORDS = {
    Kind.ARTICLE: "article|journal article|journalarticle|conference paper|conferenceobject|preprint|review",
    Kind.BOOK: "book|thesis|doctoralthesis|masterthesis|bachelorthesis|dissertation|report|book chapter|bookpart|"
    "monograph|textbook|technical report|working paper|workingpaper|luan an|do an|sach",
    Kind.COURSE: "course|lecture|learning object|learningobject|lesson|lesson plan|exercise|simulation|questionnaire|"
    "exam|problem statement|self assessment|experiment|slide|presentation",
    Kind.VIDEO: "movingimage|moving image|video|animation|film",
    Kind.AUDIO: "sound|sound recording|audio|musical recording",
    Kind.PICTURE: "image|stillimage|still image|photograph|map|cartographic|diagram|figure|graph|drawing",
    Kind.DATASET: "dataset|data set|data|table|research data",
    Kind.WEBSITE: "web_page|interactiveresource|interactive resource|website|web page|webpage",
    Kind.GUIDE: "manual|guide|handbook",
}
KIND_OF_WORD = {word: kind.value for kind, words in WORDS.items() for word in words.split("|")}


def kind_among(texts: Iterable[str]) -> str:
    """The first that tells, "" when none does; "interactive resource" (DCMI) tells less than any other."""
    found = list(filter(None, map(kind_named, texts)))
    return next((each for each in found if each != Kind.WEBSITE), next(iter(found), ""))


@lru_cache(maxsize=1000)
def kind_named(text: str) -> str:
    """By a word, or by the last part of an address ("info:eu-repo/semantics/article", ".../dcmitype/Sound")."""
    word = " ".join(fold(text).split()).strip(" .")
    last = re.split(r"[/#:]", word)[-1].strip()
    for each in (word, last, last.removesuffix("s")):
        if each in KIND_OF_WORD:
            return KIND_OF_WORD[each]
    return code_of(Kind, word) or code_of(Kind, last) or ""
