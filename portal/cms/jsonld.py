"""Data for machines in a page: schema.org as JSON-LD (vn_rules R2.10)."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wagtail.models import Site

from .models.site_details import SiteDetails

SCHEMA = "https://schema.org"
# "</script>" and "<!--" must not end the element; JSON strings may write these characters as escapes.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(data: dict | list) -> SafeString:
    """The <script type="application/ld+json"> element that holds `data`. Dates are written as ISO 8601. Each of several
    things has the context of its own that JSON-LD asks for."""
    if isinstance(data, list):
        data = [{"@context": SCHEMA, **each} for each in data]
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')  # noqa: S308


def web_page(page, request) -> dict:
    """schema.org/WebPage of a page of ours, with its trail and its publisher."""
    data = {
        "@context": SCHEMA,
        "@type": page.schema_type,
        "name": page.title,
        "url": page.get_full_url(request),
        "inLanguage": get_language(),
        "datePublished": page.first_published_at,
        "dateModified": page.last_published_at,
        "description": page.summary,
        "lastReviewed": page.last_reviewed,
        "publisher": organisation(request),
        "breadcrumb": breadcrumb_list(page.breadcrumbs(request), request),
    }
    return {key: value for key, value in data.items() if value}


def organisation(request) -> dict:
    """schema.org/Organization of whoever runs the site, from its details."""
    details = SiteDetails.of(request)
    site = Site.find_for_request(request)
    data = {
        "@type": "Organization",
        "name": details.association_name or (site.site_name if site else ""),
        "url": request.build_absolute_uri("/"),
        "email": details.email,
        "telephone": details.telephone,
        "address": details.address,
    }
    return {key: value for key, value in data.items() if value}


def breadcrumb_list(breadcrumbs, request) -> dict:
    """schema.org/BreadcrumbList of (title, address) pairs."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(title),
                "item": request.build_absolute_uri(url),
            }
            for position, (title, url) in enumerate(breadcrumbs, start=1)
        ],
    }
