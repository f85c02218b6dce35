"""Programs that fetch pages: their visits are no use of the library (COUNTER, 7.8)."""

import re
from functools import lru_cache

# Our own list: how programs name themselves. A telephone called Cubot is none.
PROGRAMS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scrap|archiver|facebookexternalhit|preview|mediapartners|"
    r"chatgpt|claude|perplexity|curl|wget|libwww|lwp[-:]|http-?client|urllib|python|aiohttp|httpx|axios|"
    r"node-fetch|undici|^java/|^ruby|^php|perl|headless|phantom|puppeteer|playwright|selenium|lighthouse|"
    r"pagespeed|monitor|uptime|pingdom|nagios|zabbix|checker|validator|scan|feed|transcoder",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_robot(user_agent: str) -> bool:
    """Whether a visitor with this User-Agent header is a program; one that names no product at all is."""
    return "/" not in user_agent or PROGRAMS.search(user_agent) is not None
