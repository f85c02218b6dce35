"""The reference: the engines themselves, asked for the same words in the same index without our layers.

20 numbers of hits by the engine's own score, the total, and nine facets; no accents, no lifts, nothing of the
database.
"""

from collections.abc import Callable

HITS = 20
MOST_VALUES = 500

Ask = Callable[[str], int]  # what was typed -> how many there are


def tantivy() -> Ask:
    from tantivy import Occur, Query

    from library.search.sources import ResourceSource
    from portal.search.engines import named
    from portal.search.engines.tantivy_schema import SCHEMA
    from portal.text import syllables

    searcher = named("tantivy").reader.opened().searcher
    facets = {
        name: {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}} for name in ResourceSource.facets
    }

    def ask(text: str) -> int:
        terms = [("text_base", base) for base, _exact in syllables(text)]
        terms += [("kind", "resource"), ("audience", "public")]
        query = Query.boolean_query(
            [(Occur.Must, Query.term_query(SCHEMA, field, word)) for field, word in terms]
        )
        found = searcher.search(query, limit=HITS)
        searcher.aggregate(query, facets)
        return found.count

    return ask


def elasticsearch() -> Ask:
    from elasticsearch import Elasticsearch

    from django.conf import settings

    from library.search.sources import ResourceSource
    from portal.search.engines import named
    from portal.text import syllables

    client = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=60)
    index = named("elasticsearch").alias
    facets = {
        name: {"terms": {"field": f"facets.{name}", "size": MOST_VALUES}} for name in ResourceSource.facets
    }

    def ask(text: str) -> int:
        body = {
            "query": {
                "bool": {
                    "must": [{"term": {"text_base": base}} for base, _exact in syllables(text)],
                    "filter": [{"term": {"kind": "resource"}}, {"term": {"audience": "public"}}],
                }
            },
            "size": HITS,
            "_source": False,
            "track_total_hits": True,
            "aggs": facets,
        }
        return client.search(index=index, body=body)["hits"]["total"]["value"]

    return ask


BY_NAME = {"tantivy": tantivy, "elasticsearch": elasticsearch}
