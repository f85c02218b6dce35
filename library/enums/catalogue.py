"""Kinds and states of what the catalogue holds, and of the work at it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What the reader gets when a resource is opened."""

    BOOK = "book", _("Book")
    ARTICLE = "article", pgettext_lazy("library", "Article")
    GUIDE = "guide", pgettext_lazy("library", "Guide")
    LEAFLET = "leaflet", _("Leaflet")
    COURSE = "course", _("Course")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")
    PICTURE = "picture", _("Picture or map")
    WEBSITE = "website", _("Website")
    DATASET = "dataset", _("Data set")


class Level(models.TextChoices):
    """Schooling needed to follow a resource, from learning to read to officers' work."""

    LITERACY = "xoa-mu", _("Learning to read and write")
    PRIMARY = "tieu-hoc", _("Primary school")
    LOWER_SECONDARY = "thcs", _("Lower secondary school")
    UPPER_SECONDARY = "thpt", _("Upper secondary school")
    VOCATIONAL = "trung-cap", _("Vocational school")
    HIGHER = "dai-hoc", _("College and university")
    ADULT = "nguoi-lon", _("Adults")
    OFFICER = "can-bo", _("Officers")


class Audience(models.TextChoices):
    """Whom a resource was made for; it does not restrict who may see it (see Visibility)."""

    CITIZEN = "citizen", _("Citizens")
    OFFICER = "officer", _("Officers")
    BOTH = "both", _("Citizens and officers")


class Visibility(models.TextChoices):
    """Who may see a resource: a gate, not a hint."""

    PUBLIC = "public", _("Everybody")
    OFFICERS = "officers", _("Signed-in officers only")


class Language(models.TextChoices):
    """ISO 639-3. Never `yao` (a language of Africa) or `dao` (Daai Chin) for the Dao: theirs are `ium` and `mji`."""

    VIETNAMESE = "vie", _("Vietnamese")
    TAY = "tyz", _("Tày")
    NUNG = "nut", _("Nùng")
    HMONG = "hmn", _("Hmong")
    WHITE_HMONG = "mww", _("White Hmong")
    GREEN_HMONG = "hnj", _("Green Hmong")
    IU_MIEN = "ium", _("Dao (Iu Mien)")
    KIM_MUN = "mji", _("Dao (Kim Mun)")
    ENGLISH = "eng", _("English")
    CHINESE = "zho", _("Chinese")
    FRENCH = "fra", _("French")
    RUSSIAN = "rus", _("Russian")
    GERMAN = "deu", _("German")
    JAPANESE = "jpn", _("Japanese")
    KOREAN = "kor", _("Korean")
    LAO = "lao", _("Lao")
    THAI = "tha", _("Thai")
    UNDETERMINED = "und", _("Another language, or not stated")

    @property
    def bcp47(self) -> str:
        """The tag for `lang` attributes and JSON-LD: the shortest code there is (RFC 5646, 2.2.1)."""
        return TWO_LETTERS.get(self.value, self.value)


TWO_LETTERS = {  # ISO 639-1
    "vie": "vi",
    "eng": "en",
    "zho": "zh",
    "fra": "fr",
    "rus": "ru",
    "deu": "de",
    "jpn": "ja",
    "kor": "ko",
    "lao": "lo",
    "tha": "th",
}


class ContributorRole(models.TextChoices):
    """What a person or body did for a resource."""

    AUTHOR = "author", _("Author")
    TRANSLATOR = "translator", _("Translator")
    EDITOR = "editor", pgettext_lazy("library", "Editor")
    ILLUSTRATOR = "illustrator", _("Illustrator")
    CONTRIBUTOR = "contributor", _("Contributor")


class RenditionForm(models.TextChoices):
    """What a file or link of a resource is, which decides how it is read here."""

    PDF = "pdf", "PDF"
    EPUB = "epub", "EPUB"
    HTML = "html", _("Web page")
    IMAGE = "image", _("Picture")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    LINK = "link", _("Another website")

    @classmethod
    def of_address(cls, url: str) -> "RenditionForm":
        """By the ending of its path; without one that is known, a page of another website."""
        place = url.partition("#")[0].partition("?")[0].partition("://")[2]
        name = place.partition("/")[2].rstrip("/").rpartition("/")[2]
        _stem, dot, ending = name.rpartition(".")
        return FORMS_BY_ENDING.get(f"{dot}{ending}".lower(), cls.LINK)


FORMS_BY_ENDING = {
    ".pdf": RenditionForm.PDF,
    ".epub": RenditionForm.EPUB,
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"), RenditionForm.IMAGE),
    **dict.fromkeys((".mp3", ".ogg", ".oga", ".m4a", ".wav", ".opus"), RenditionForm.AUDIO),
    **dict.fromkeys((".mp4", ".webm", ".m4v", ".ogv"), RenditionForm.VIDEO),
}


class RenditionPurpose(models.TextChoices):
    """Why there is this rendition: it came with the resource, or the portal made it from one that did."""

    ORIGINAL = "original", pgettext_lazy("rendition", "Original")
    LIGHT = "light", pgettext_lazy("rendition", "Light")
    COVER = "cover", pgettext_lazy("rendition", "Cover")


class IdentifierScheme(models.TextChoices):
    """Who gave out an identifier. Values are stored in one normal form (see `library.identifiers`)."""

    ISBN = "isbn", "ISBN"
    ISSN = "issn", "ISSN"
    DOI = "doi", "DOI"
    HANDLE = "handle", "Handle"


class ImportFormat(models.TextChoices):
    """What a file of descriptions is, told by its content."""

    SHEET = "sheet", _("Sheet (XLSX or CSV)")
    MARC = "marc", "MARC21"
    MARCXML = "marcxml", "MARCXML"


class ImportState(models.TextChoices):
    """The life of an import. What is waiting or running belongs to the job worker or to one request."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Waits for your decision")
    REFUSED = "refused", _("Refused")
    LOADING = "loading", _("Being loaded")
    DONE = "done", _("Loaded")
    STOPPED = "stopped", _("Stopped, nothing was written")
    UNDONE = "undone", _("Undone")

    @classmethod
    def at_work(cls) -> tuple["ImportState", ...]:
        return (cls.CHECKING, cls.LOADING)


class LineOutcome(models.TextChoices):
    """What loading would do with one row or record, or why it cannot."""

    REFUSED = "refused", _("Refused")
    UPDATED = "updated", pgettext_lazy("import", "Changed")
    KEPT = "kept", _("Corrected here, stays")
    CREATED = "created", _("New")


class ProposalState(models.TextChoices):
    """What became of a resource that an officer has proposed."""

    DRAFT = "draft", _("Not handed in yet")
    WAITING = "waiting", _("Waits for the librarian")
    ACCEPTED = "accepted", _("In the library")
    DECLINED = "declined", _("Not taken")


class LinkState(models.TextChoices):
    """What the last visits of the link checker found."""

    ALIVE = "alive", _("Works")
    FAILING = "failing", _("Did not answer, is tried again")
    DEAD = "dead", _("Dead")
    MOVED = "moved", _("Has a new address")
    LOGIN = "login", _("Asks to sign in")
    BARRED = "barred", _("Does not want to be asked")

    @classmethod
    def for_a_librarian(cls) -> tuple["LinkState", ...]:
        """The states in which somebody has to decide."""
        return (cls.DEAD, cls.MOVED, cls.LOGIN)


class UsageKind(models.TextChoices):
    """What was done with a resource. In the words of COUNTER: a request is an investigation too."""

    VIEW = "view", _("Page seen")
    REQUEST = "request", _("Read, played or downloaded")


class DocumentKind(models.TextChoices):
    """Kinds of official documents, by the letters used in their numbers (Nghị định 30/2020/NĐ-CP, Phụ lục III)."""

    LAW = "Luật", _("Law")
    RESOLUTION = "NQ", _("Resolution")
    DECREE = "NĐ", _("Decree")
    DECISION = "QĐ", _("Decision")
    CIRCULAR = "TT", _("Circular")
    DIRECTIVE = "CT", _("Directive")
    CONCLUSION = "KL", _("Conclusion")
    PLAN = "KH", _("Plan")
    OFFICIAL_LETTER = "CV", _("Official letter")


class DocumentStatus(models.TextChoices):
    """Whether a document is in force, as last read; always shown with the advice to check again."""

    IN_FORCE = "in force", pgettext_lazy("library", "In force")
    REPLACED = "replaced", pgettext_lazy("library", "Replaced")
    EXPIRED = "expired", pgettext_lazy("library", "Expired")
    UNKNOWN = "unknown", _("Not checked")


class DuplicateReason(models.TextChoices):
    """What makes two resources look like one."""

    IDENTIFIER = "identifier", _("Same number (ISBN, DOI ...)")
    LINK = "link", _("Same address")
    FILE = "file", _("Same file")
    TITLE = "title", _("Like title, creator and year")
    HAND = "hand", _("Named by a librarian")


class DuplicateState(models.TextChoices):
    """What a librarian said of a pair."""

    OPEN = "open", _("Not decided")
    APART = "apart", _("Not a duplicate")
    MERGED = "merged", _("Merged")


class ShelfOrder(models.TextChoices):
    """Which of the resources that a saved search finds come first."""

    NEWEST = "newest", _("Newest first")
    USED = "used", _("Most used first")
    RELEVANCE = "relevance", _("Best match first")
