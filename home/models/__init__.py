from .contact import ContactMessage
from .contact_page import ContactPage
from .home_page import HomePage
from .section_page import SectionPage
from .standard_page import StandardPage

__all__ = ["ContactMessage", "ContactPage", "HomePage", "SectionPage", "StandardPage"]
