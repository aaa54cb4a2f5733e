"""Percent-encoded values that have caused faults in other services, grouped by reason."""

# ruff: noqa: E501 - tables of values

import base64
import json
import zlib
from urllib.parse import quote


def _forged(content: object) -> str:
    """A forged cursor with a correct checksum."""
    data = json.dumps(content).encode()
    return base64.urlsafe_b64encode(zlib.crc32(data).to_bytes(4, "big") + data).decode().rstrip("=")


# Encoded as clients send them.
ENCODED = (
    "%00", "a%00b", "%FF", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%", "%zz", "%u0041", "%25%30%30",
    "%0D%0ASet-Cookie:%20a=b", "%0A", "%1B[31m", "..%2F..%2Fetc%2Fpasswd", "%2e%2e%2f", "+", "%20",
)  # fmt: skip

NUMBERS = (
    "9223372036854775808", "-9223372036854775809", "18446744073709551616", "2147483648", "9" * 400,
    "-1", "-0", "01", "+1", " 1", "1 ", "1_000", "1e3", "1E400", "0x10", "NaN", "-Infinity", "٣",
    "１", "1.0", ".5", "1,000",
)  # fmt: skip

SQL = (
    "' OR '1'='1", "1; DROP TABLE entries --", "') UNION SELECT version() --", "\\", "\\'", "$$",
    "/*", "%s", "%(id)s", ":id", "?", "$1", "{0}", "{{7*7}}", "${jndi:ldap://x/y}", "pg_sleep(9)",
    "randomblob(1000000000)", "name; --", "-name; --", "id)",
)  # fmt: skip

SEARCHES = (
    '"', '""', '"a', "a AND", "NEAR(", "NEAR(a b, 10)", "*", "a*", "**", "^a", "name:a", "(((((",
    "a OR " * 30, "C++", "20.04", "-a", "a & b", "a <-> b", "a:ABCD", "!", "a | !b", "'a':*", "((a", '"' * 199,
    "hong* kong*", "a* b* c* d* e*", "x " * 90, "\u2019", "…", "ab*" * 60,
)  # fmt: skip

DATES = (
    "2020-02-30", "0000", "10000", "-0001", "Y1E999999999", "Y17E7", "[0001..999999999]", "{" * 150,
    "2020-13", "2020-07-14T23:59:60Z", "../..", "/", "..", "2021/2020", "201X-XX", "9999-12-31/..", "2020?~%",
    "2020-00", "2020-W01", "1592179200", "2020-21", "0001/9999", "XXXX", "2020-07-14/2020-07-13", "9999-12-31",
)  # fmt: skip

TEXTS = (
    "İ" * 60, "ß" * 100, "ﷺ" * 60, "\u202eevil", "\u200b", "a" + "\u0301" * 190, "👩‍👩‍👧‍👦" * 9,
    "\ufeff", "\U0010ffff", "\ufffe", "a" * 30 + "!", " " * 190, "-" * 190, "a" * 200, "a" * 201, "a" * 6000,
    "," * 99, ",,", "a," * 90, "{" * 199, "[" * 199, "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
    "@SUM(1)", "../../etc/passwd", "//evil.example/", "file:///etc/passwd", "null", "None", "undefined", "true",
    "False", "__proto__", "constructor", "é", "e\u0301",
)  # fmt: skip

CURSORS = (
    "AAAAAAAA", "A" * 512, "A" * 513, "=" * 20, "-_-_-_-_", _forged([]), _forged({}), _forged(None),
    _forged(["a"]), _forged(["a", "x", "y", 1, 2]), _forged(["a", "x", "y", 2**80, "\ud800", None]),
    _forged(["a", "x", "y", 1e308, True, [2]]), _forged(["b", "", "", *([0] * 60)]),
    _forged(json.loads("[" * 60 + "]" * 60)), _forged("x" * 200),
)  # fmt: skip

VALUES: tuple[str, ...] = (
    *ENCODED,
    *(quote(each, safe="") for each in (*NUMBERS, *SQL, *SEARCHES, *DATES, *TEXTS, *CURSORS)),
)
"""All values; each is sent to every parameter."""
