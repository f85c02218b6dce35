"""Which addresses the description of the API is about."""


def public_api_only(endpoints: list[tuple]) -> list[tuple]:
    """drf-spectacular's preprocessing hook: each endpoint begins with its path. Wagtail's admin API is not ours."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
