"""The pages for people: they answer, hold what they promise, and lead only to what there is."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_every_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    links = {unescape(link) for link in re.findall(r'href="(/[^"]*)"', page.text)}
    assert len(links) > 10
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_docs_tell_every_operation_and_parameter(client: TestClient) -> None:
    page = client.get("/docs").text
    for methods in client.get("/openapi.json").json()["paths"].values():
        assert f'id="{methods["get"]["operationId"]}"' in page
        for parameter in methods["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_need_no_script_and_no_other_host(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
