"""Who comes in, and with what."""

import re

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from offsetcheck.web.answered import Response
from offsetcheck.web.app import app_of
from offsetcheck.web.door.hosts import host_allowed, same_origin
from offsetcheck.web.door.sessions import LONGEST, Sessions
from offsetcheck.web.door.token import MOST_WRONG, WITHIN, StartToken
from offsetcheck.web.work.jobs import Job
from web.site import HOST, site_of


def test_whoever_brings_the_token_is_let_in_and_it_leaves_the_address(site):
    """The address with the token sets a cookie and leads to one without it."""
    fresh = TestClient(app_of(site.door), base_url=HOST)
    answer = fresh.get(f"/start?token={site.door.token.value}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert fresh.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/t/turku", "/help", "/nothing", "/jobs/x"])
def test_nobody_else_sees_a_page(site, path):
    """Without the cookie every page is the same refusal, whether or not it is there."""
    stranger = TestClient(app_of(site.door), base_url=HOST)
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "turku" not in answer.text.casefold().replace("/t/turku", "")


def test_a_cookie_of_another_server_opens_nothing(site):
    """A cookie that another secret signed is none."""
    stranger = TestClient(app_of(site.door), base_url=HOST)
    stranger.cookies.set("offsetcheck", Sessions().begin())
    assert stranger.get("/").status_code == 403


def test_a_session_ends_after_a_long_day():
    """A cookie is worth nothing after twelve hours, whatever was done with it; nor one from tomorrow."""
    now = [1000.0]
    sessions = Sessions(clock=lambda: now[0])
    cookie = sessions.begin()
    assert sessions.known(cookie)
    now[0] += LONGEST + 1
    assert sessions.known(cookie) is None
    now[0] = 0.0
    assert sessions.known(cookie) is None


@pytest.mark.parametrize("cookie", [None, "", ".", "a.b", "a~b.c", "~1.", "é.é", "x" * 5000])
def test_a_made_up_cookie_is_none(cookie):
    """Whatever is sent in the place of a cookie is read without an error, and is none."""
    assert Sessions().known(cookie) is None


def test_whoever_leaves_is_out(site):
    """Leaving takes the cookie away and tells the browser to forget the pages."""
    answer = site.send("/", at="/leave")
    assert answer.history[0].headers["clear-site-data"] == '"cache", "storage"'
    assert site.get("/").status_code == 403


def test_servers_on_two_ports_do_not_put_each_other_out(tmp_path, pool):
    """A browser holds the cookies of all ports of a host together: each server has names of its own."""
    one = site_of(tmp_path, pool, port=8001)
    two = site_of(tmp_path, pool, port=8002)
    one.browser.cookies.update(two.browser.cookies)
    assert one.get("/").status_code == 200
    one.send("/", at="/leave")
    two.browser.cookies = one.browser.cookies
    assert one.get("/").status_code == 403
    assert two.get("/").status_code == 200


def test_the_token_is_not_guessed():
    """After ten wrong tries within a minute even the right one waits."""
    now = [0.0]
    token = StartToken(clock=lambda: now[0])
    assert [token.right("x") for _ in range(MOST_WRONG)] == [False] * MOST_WRONG
    assert token.right(token.value) is None
    now[0] = WITHIN + 1
    assert token.right(token.value) is True


def test_another_host_is_refused(site):
    """A name that is not this server's is answered with nothing of it."""
    answer = site.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "tender" not in answer.text.casefold()


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8000", True),
        ("LOCALHOST", True),
        ("[::1]:80", True),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil", False),
        ("127.0.0.1:80@evil.example", False),
        ("localhost:80/../", False),
        ("[::1]evil", False),
        ("[::1", False),
        ("localhost:evil", False),
        ("", False),
    ],
)
def test_names_of_the_loopback_alone_are_allowed(host, allowed):
    """A host is a name and a port, whatever its case; nothing that only begins like one."""
    assert host_allowed(host, ("127.0.0.1", "localhost", "[::1]")) is allowed


@pytest.mark.parametrize(
    ("origin", "site", "ours"),
    [
        (None, None, True),
        ("http://127.0.0.1:80", "same-origin", True),
        ("http://evil.example", None, False),
        ("null", None, False),
        ("http://127.0.0.1:80", "cross-site", False),
        ("http://127.0.0.1:80", "same-site", False),
    ],
)
def test_a_form_comes_from_a_page_of_this_server(origin, site, ours):
    """What a browser says of where a form came from is held against the host."""
    assert same_origin(origin, site, "127.0.0.1:80") is ours


def test_a_form_without_the_sessions_token_changes_nothing(site):
    """A form that no page of the session holds is refused, and so is that of another session."""
    other = Sessions()
    for token in ("", "x", other.csrf("a")):
        answer = site.browser.post("/jobs/x", data={"csrf": token})
        assert answer.status_code in {403, 404}
    answer = site.browser.post("/", data={"csrf": ""})
    assert answer.status_code == 403


def test_every_answer_bears_the_headers_of_the_door(site):
    """Pages, files, refusals and redirects are all under the same policy."""
    for path in ("/", "/style.css", "/app.js", "/favicon.ico", "/health", "/nothing"):
        sent = site.get(path, follow_redirects=False).headers
        policy = sent["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert sent["x-content-type-options"] == "nosniff"
        assert sent["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in policy
        assert "server" not in sent


def test_a_fault_of_ours_tells_a_stranger_nothing(site, monkeypatch, capsys):
    """An unexpected error is one plain sentence under the same headers; the log has the trace."""

    def fails(visit):
        raise ValueError("/secret/path")

    monkeypatch.setattr(site.door.pool, "answer", fails)
    answer = site.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "/secret/path" in capsys.readouterr().err


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_in_words(site, method):
    """A browser sends two methods; every other one is none."""
    assert site.browser.request(method, "/").status_code == 405


@pytest.mark.parametrize("path", ["/t/%74urku", "/t/a\nb", "/t/%2e%2e"])
def test_an_address_is_decoded_once(site, path):
    """What a server has decoded is the name; nothing is decoded a second time or dropped."""
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    assert site.door._visit(Request(scope)).path == path


def test_the_language_is_kept_and_the_place_too(site):
    """A language that is chosen once is that of the next pages; the page stays the same."""
    assert 'lang="fi"' in site.text("/?lang=fi")
    assert '<html lang="fi">' in site.text("/")
    assert '<html lang="fi">' in site.text("/?lang=xx")


@pytest.mark.parametrize("path", ["//evil.example/x", "/%2f%2fevil.example", "/%5cevil.example"])
def test_no_link_of_a_page_leads_to_another_server(site, path):
    """An address that looks like the name of another server stays one of this server."""
    page = site.text(f"{HOST}{path}", 404)
    assert 'hreflang="fi"' in page
    assert not re.search(r'(href|action)="(//|/?\\\\|https?:)', page)


def test_a_long_work_leads_back_to_where_it_was_asked_for(site):
    """Whatever letters the address has: an offer may be called anything."""
    scope = {"type": "http", "method": "GET", "path": "/t/turku/offer/林\r\nx: y", "headers": []}
    visit = site.door._visit(Request({**scope, "query_string": b"on=2026-09-30"}))
    job = Job("x", visit, _pool=site.door.pool, response=Response(200))
    sent = site.door._sent(site.door._how_far(job, visit))
    assert sent.headers["location"] == (
        "/t/turku/offer/%E6%9E%97%0D%0Ax%3A%20y?on=2026-09-30"
    )  # fmt: skip


def test_the_browsers_language_is_taken_where_none_was_chosen(tmp_path, pool):
    """The first of the browser's languages that there is."""
    site = site_of(tmp_path, pool)
    answer = site.get("/", headers={"accept-language": "de-DE,sv;q=0.8"})
    assert '<html lang="sv">' in answer.text
