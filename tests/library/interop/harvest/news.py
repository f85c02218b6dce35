"""The parts of a feed (RSS 2.0) for the tests of its reader."""


def rss(*items: str, channel: str = "<title>Đài phát thanh</title><language>vi-vn</language>") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:cc="http://creativecommons.org/ns#">'
        f"<channel>{channel}{''.join(items)}</channel></rss>"
    )


def item(number: int, *, date: str = "Wed, 25 Nov 2026 08:00:00 +0700", extra: str = "") -> str:
    return (
        f'<item><title>Bài {number}</title><link>/bai/{number}</link><guid isPermaLink="false">bai-{number}</guid>'
        f"<pubDate>{date}</pubDate>{extra}</item>"
    )
