from .alert import AlertBanner
from .base_page import BasePage
from .frame_stamp import FrameStamp
from .media import Licence, PortalDocument, PortalImage, PortalRendition
from .navigation import Navigation
from .site_details import SiteDetails
from .workflow import FourEyesTask

__all__ = [
    "AlertBanner",
    "BasePage",
    "FourEyesTask",
    "FrameStamp",
    "Licence",
    "Navigation",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "SiteDetails",
]
