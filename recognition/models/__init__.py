from .appeal import Appeal
from .assessment import Assessment
from .award import Award
from .book_upload import BookUpload
from .consent import Consent
from .council import CouncilItem, CouncilMember, CouncilSession
from .criteria_set import CriteriaSet
from .criterion import CriteriaGroup, Criterion
from .decision import Decision
from .denominator import Denominator
from .evidence import Evidence, EvidenceCover, EvidenceFile
from .meeting import MeetingVote, VillageMeeting
from .notice import NoticeFeedback, PublicNotice
from .round import Round
from .score import Score
from .subject import Subject
from .target import Target
from .village_area import VillageArea

__all__ = [
    "Appeal",
    "Assessment",
    "Award",
    "BookUpload",
    "Consent",
    "CouncilItem",
    "CouncilMember",
    "CouncilSession",
    "CriteriaGroup",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "Denominator",
    "Evidence",
    "EvidenceCover",
    "EvidenceFile",
    "MeetingVote",
    "NoticeFeedback",
    "PublicNotice",
    "Round",
    "Score",
    "Subject",
    "Target",
    "VillageArea",
    "VillageMeeting",
]
