"""The oracle: what the service answers before a change and after it, compared: `make oracle`.

A refactoring has to leave every answer as it is. The oracle takes two git trees, a base (a commit)
and the candidate (the working tree), loads and serves each on SQLite and on PostgreSQL, asks both
the same thousands of requests, and reports each difference of status, headers or body.

It is a black box, so that it can judge changes to the whole of the code: it knows only
`python -m hkus load`, `serve` and `openapi`, the environment variable HKUS_DATABASE_URL, and HTTP.
It imports nothing from `app` or `seeds`. The requests come from the base's own answers (`crawl`).

Not compared, because they differ between two runs of the same code: the value of `ETag`, `Date`
and `X-Request-ID`, the request id in problems, the time of loading, and `Content-Length` of a
compressed answer. The dataset version is compared once, and masked in the answers, so that changed
content does not make every answer differ.
"""
