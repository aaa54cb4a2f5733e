"""Settings that are parsed."""

import pytest

from app.settings import Settings


@pytest.mark.parametrize("value", ["kb.example.org", "https://kb.example.org/path", "ftp://a.b"])
def test_an_address_that_is_no_origin_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no public address; write a scheme"):
        Settings(public_url=value)


def test_an_address_is_kept_as_browsers_write_it() -> None:
    assert Settings(public_url="HTTPS://KB.example.org:443/").public_url == "https://kb.example.org"


@pytest.mark.parametrize("value", ["security@example.org", "http://a.example", "mailto:a b@c.d"])
def test_a_contact_that_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="write mailto:security@"):
        Settings(security_contact=value)
