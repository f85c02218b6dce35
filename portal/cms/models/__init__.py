from .alert import AlertBanner
from .base_page import BasePage
from .media import Licence, PortalDocument, PortalImage, PortalRendition
from .navigation import Navigation
from .site_details import SiteDetails
from .workflow import FourEyesTask

__all__ = [
    "AlertBanner",
    "BasePage",
    "FourEyesTask",
    "Licence",
    "Navigation",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "SiteDetails",
]
