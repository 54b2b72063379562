"""A city's server: its file of settings, and people whom a proxy has signed in."""

import json
from unicodedata import normalize

import pytest
from starlette.testclient import TestClient

from offsetcheck.vocabulary.problem import InputError
from offsetcheck.web.app import Door, app_of
from offsetcheck.web.door.proxy import SECRET_HEADER, ProxiedPeople
from offsetcheck.web.door.settings import read_settings
from offsetcheck.web.serve import for_many
from offsetcheck.web.visit import Person, Role, Workplace
from web.site import LANGUAGES, TODAY

SECRET = "0123456789abcdef0123456789abcdef"
WHOLE = """
names: [offsets.city.example]
user_header: X-Auth-Request-Email
proxy_secret_file: proxy.secret
people:
  anna@city.example: [officer, evaluator]
  bo@city.example: approver
others: reader
"""


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "proxy.secret").write_text(SECRET)

    def of(text):
        path = tmp_path / "server.yaml"
        path.write_text(text)
        return path

    return of


def test_a_whole_file_says_who_may_what(settings):
    """People by their names, whatever the case, under one name; all others as `others` says."""
    people = read_settings(settings(WHOLE)).people
    sent = {SECRET_HEADER: SECRET}
    anna = people.person({**sent, "x-auth-request-email": "Anna@City.example"})
    assert anna.roles == {Role.OFFICER, Role.EVALUATOR}
    assert anna == people.person({**sent, "x-auth-request-email": "anna@city.example"})
    other = people.person({**sent, "x-auth-request-email": "x@city.example"})
    assert other.roles == {Role.READER}


@pytest.mark.parametrize("name", ["Åsa Öhman@city.example", "ÅSA ÖHMAN@city.example"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_may_have_any_letters_and_is_one_person_however_they_are_coded(settings, name, form):
    """A proxy writes names in UTF-8; two codings of one letter make no second person."""
    people = read_settings(settings(WHOLE.replace("bo@", "åsa öhman@"))).people
    sent = normalize(form, name).encode().decode("latin-1")  # as servers hand headers on
    assert people.person({SECRET_HEADER: SECRET, "x-auth-request-email": sent}) == Person(
        "åsa öhman@city.example", frozenset({Role.APPROVER})
    )


def test_a_name_that_is_no_text_is_nobodys(settings):
    """Bytes that are no UTF-8 could be anybody."""
    people = read_settings(settings(WHOLE)).people
    assert people.person({SECRET_HEADER: SECRET, "x-auth-request-email": "\xe5sa"}) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "mapping"),
        ("names: []", "name of the server"),
        (WHOLE + "colour: red", "colour"),
        (WHOLE.replace("approver", "king"), "king"),
        (WHOLE + "port: 70000", "65535"),
        (WHOLE.replace("proxy.secret", "nothing"), "secret"),
        (WHOLE.replace("user_header: X-Auth-Request-Email", ""), "user_header"),
        ("a: [", "YAML"),
        ("a: &a [*a]", ""),
    ],
)
def test_each_mistake_of_the_file_is_told_at_its_place(settings, text, said):
    """A server does not start with settings that do not say what they should."""
    with pytest.raises(InputError) as told:
        read_settings(settings(text))
    assert said.casefold() in str(told.value).casefold()


def test_a_short_secret_is_refused(settings, tmp_path):
    """Whoever guesses the secret is anybody."""
    (tmp_path / "proxy.secret").write_text("short")
    with pytest.raises(InputError, match="too short"):
        read_settings(settings(WHOLE))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-user": "anna"},
        {"x-user": "anna", SECRET_HEADER: "wrong"},
        {SECRET_HEADER: SECRET},
        {SECRET_HEADER: SECRET, "x-user": ""},
        {SECRET_HEADER: SECRET, "x-user": "stranger"},
        {SECRET_HEADER: SECRET, "x-user": "a" * 300},
        [(SECRET_HEADER, SECRET), ("x-user", "anna"), ("x-user", "bo")],
        [(SECRET_HEADER, SECRET), ("x-user", "anna"), ("X-User", "anna")],
        [(SECRET_HEADER, SECRET), (SECRET_HEADER, "x"), ("x-user", "anna")],
        {SECRET_HEADER: SECRET, "x_user": "anna"},
    ],
)
def test_nobody_is_believed_without_the_proxys_secret(headers, tmp_path, pool):
    """A header that anybody may send lets nobody in; nor does the name of somebody unknown.

    A header that stands there twice is one of the proxy and one of the browser: none is believed.
    """
    people = ProxiedPeople("x-user", SECRET, {"anna": frozenset({Role.OFFICER})})
    door = Door(
        Workplace(tmp_path, many=True), pool, LANGUAGES, people=people, hosts=("offsets.city",),
        today=lambda: TODAY,
    )  # fmt: skip
    browser = TestClient(app_of(door), base_url="http://offsets.city")
    assert browser.get("/", headers=headers).status_code == 403
    right = {SECRET_HEADER: SECRET, "x-user": "Anna"}
    assert browser.get("/", headers=right).status_code == 200
    assert browser.get("/start?token=x", headers=right).status_code == 404


def test_a_citys_log_says_who_was_refused_what(tmp_path, pool, capsys):
    """Each refusal is one line of JSON with time, person and page; what was sent begins no line."""
    people = ProxiedPeople("x-user", SECRET, {"anna": frozenset({Role.READER})})
    door = Door(
        Workplace(tmp_path, many=True), pool, LANGUAGES, people=people, hosts=("offsets.city",),
        secure=True, today=lambda: TODAY,
    )  # fmt: skip
    browser = TestClient(app_of(door), base_url="https://offsets.city")
    browser.get("/", headers={"x-user": "eve"})
    right = {SECRET_HEADER: SECRET, "x-user": "anna"}
    cookie = browser.get("/", headers=right).headers["set-cookie"]
    assert cookie.startswith("__Host-offsetcheck=")
    assert "Secure" in cookie
    browser.get("/a%0Ab", headers=right)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["event"], one["person"], one["status"]) for one in told] == [
        ("refused", "", 403), ("came in", "anna", 200), ("refused", "anna", 404),
    ]  # fmt: skip
    assert told[2]["path"] == "/a\nb"


def test_a_citys_server_sends_its_cookies_over_tls_alone(settings, tmp_path):
    """A server behind a proxy has its own names, several people and secure cookies."""
    served = for_many(tmp_path, None, settings(WHOLE))
    assert served.hosts == ("offsets.city.example",)
    assert (served.secure, served.workplace.many) == (True, True)
