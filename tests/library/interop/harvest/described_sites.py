"""The parts of a website whose sitemap lists pages that describe themselves (JSON-LD)."""

import json

BOOK = {"@context": "https://schema.org", "@type": "Book", "name": "Trồng ngô"}


def page(*described, lang: str = "vi", body: str = "") -> str:
    scripts = "".join(f'<script type="application/ld+json">{each}</script>' for each in described)
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Trang</title>{scripts}</head><body>{body}</body></html>'


def book(name: str = "Trồng ngô", **more) -> str:
    return page(json.dumps(BOOK | {"name": name} | more))


def urlset(*paths: str, **changed: str) -> str:
    listed = [(path, "") for path in paths] + [(f"/{name}", day) for name, day in changed.items()]
    urls = "".join(
        f"<url><loc>BASE{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in listed
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def index(*paths: str, **changed: str) -> str:
    return urlset(*paths, **changed).replace("urlset", "sitemapindex").replace("url>", "sitemap>")
