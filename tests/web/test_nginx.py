"""Behind nginx, as `deploy/nginx.conf` sets it up: who asks is what the proxy says, and nobody else."""

import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from web import served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
if NGINX is None:
    pytest.skip("nginx is not installed", allow_module_level=True)

CONF = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
MAIN = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include {folder}/site.conf;
}}
"""
WHO = "who"
MEGABYTE = 1024 * 1024


class SignIn(BaseHTTPRequestHandler):
    """What oauth2-proxy does, as far as nginx asks it: a cookie names who has signed in."""

    def do_GET(self):
        cookies = self.headers.get("cookie", "").split("; ")
        who = next((one.partition("=")[2] for one in cookies if one.startswith(f"{WHO}=")), "")
        asked = self.path.partition("?")[0]
        self.send_response(403 if asked != "/oauth2/auth" else 202 if who else 401)
        if who:
            self.send_header("X-Auth-Request-Email", who)
        self.send_header("Content-Length", "8" if asked != "/oauth2/auth" else "0")
        self.end_headers()
        if asked != "/oauth2/auth":
            self.wfile.write(b"sign in\n")

    def log_message(self, *said):
        pass


def _site(folder, ports):
    """Return the file of the project with ports of this test, without TLS."""
    text = CONF.read_text("utf-8")
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.MULTILINE)
    assert text.count("127.0.0.1:4180") == 2
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{ports['plain']};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{ports['tls']};"),
        ("127.0.0.1:4180", f"127.0.0.1:{ports['sign_in']}"),
        ("127.0.0.1:8080", f"127.0.0.1:{ports['app']}"),
        ("/etc/nginx/offsetcheck.secret", str(folder / "offsetcheck.secret")),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def ports(tmp_path_factory):
    """Return the ports of a server with nginx and a place to sign in before it."""
    top = tmp_path_factory.mktemp("nginx")
    for name in ("tenders", "settings"):
        (top / name).mkdir()
    sign_in = ThreadingHTTPServer(("127.0.0.1", 0), SignIn)
    threading.Thread(target=sign_in.serve_forever, daemon=True).start()
    with served.server(top / "tenders", top / "settings") as app:
        known = {
            "app": app, "sign_in": sign_in.server_port, "plain": served.free_port(),
            "tls": served.free_port(),
        }  # fmt: skip
        secret = f'proxy_set_header X-Offsetcheck-Proxy "{served.SECRET}";\n'
        (top / "offsetcheck.secret").write_text(secret)
        (top / "site.conf").write_text(_site(top, known))
        user = "user root;" if os.geteuid() == 0 else ""
        (top / "nginx.conf").write_text(MAIN.format(folder=top, user=user))
        command = [NGINX, "-e", str(top / "error.log"), "-c", str(top / "nginx.conf")]
        process = subprocess.Popen(command)
        try:
            served.wait_for(lambda: served.health(known["tls"]) is not None)
            yield known
        finally:
            process.terminate()
            process.wait(30)
            sign_in.shutdown()
            sign_in.server_close()


class Browser:
    """A browser at the name of the server, whose proxy this test has without TLS."""

    def __init__(self, ports, who="", port="tls", **headers):
        self._base = f"http://127.0.0.1:{ports[port]}"
        self._cookies = {WHO: who} if who else {}
        self._headers = {"Host": served.NAME, **headers}

    def _sent(self, method, path, headers=None, **more):
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        kept = {**self._headers, **(headers or {}), "Cookie": cookies}
        answer = httpx2.request(method, self._base + path, headers=kept, timeout=120, **more)
        for cookie in answer.headers.get_list("set-cookie"):
            self.cookie = cookie
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    def get(self, path):
        return self._sent("GET", path)

    def send(self, page, path, data=(), files=None, **headers):
        """Send a form with the token of a page, as a browser at `https://` does."""
        token = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text).group(1)
        origin = {"Origin": f"https://{served.NAME}", "Sec-Fetch-Site": "same-origin"}
        form = {"csrf": token, **dict(data)}
        return self._sent("POST", path, {**origin, **headers}, data=form, files=files)


def test_nobody_comes_in_who_has_not_signed_in(ports):
    """Whatever a browser says of itself, the proxy asks first; plain HTTP is led to TLS."""
    said = {"X-Auth-Request-Email": served.OFFICER, "X-Offsetcheck-Proxy": served.SECRET}
    for browser in (Browser(ports), Browser(ports, **said)):
        answer = browser.get("/")
        assert (answer.status_code, answer.text) == (403, "sign in\n")
    moved = Browser(ports, port="plain").get("/t/turku?on=2026-09-30")
    assert moved.status_code == 301
    assert moved.headers["location"] == f"https://{served.NAME}/t/turku?on=2026-09-30"


@pytest.mark.parametrize(
    "name", ["X-Auth-Request-Email", "x-auth-request-email", "X_Auth_Request_Email"]
)
def test_a_name_that_a_browser_sends_itself_is_dropped(ports, name):
    """Somebody who has signed in stays himself, and what he may do stays too."""
    answer = Browser(ports, served.READER, **{name: served.OFFICER}).get("/")
    assert served.READER in answer.text
    assert served.OFFICER not in answer.text
    assert Browser(ports, served.READER, **{name: served.OFFICER}).get("/new").status_code == 403


@pytest.mark.parametrize("secret", [None, "", "x" * 32])
def test_past_the_proxy_nobody_is_believed(ports, secret):
    """Who reaches the app itself needs the secret; and no other host's name leads to it."""
    said = {"X-Auth-Request-Email": served.OFFICER}
    if secret is not None:
        said["X-Offsetcheck-Proxy"] = secret
    assert Browser(ports, port="app", **said).get("/").status_code == 403
    assert (
        Browser(ports, port="app", **{**said, "Host": "evil.example"}).get("/").status_code == 400
    )


def test_cookies_go_over_tls_alone_and_a_redirect_stays_at_the_name(ports):
    """The app does not know of the port or scheme behind the proxy, and names neither."""
    officer = Browser(ports, served.OFFICER)
    page = officer.get("/")
    assert officer.cookie.startswith("__Host-offsetcheck=")
    assert "Secure" in officer.cookie
    assert "max-age=31536000" in page.headers["strict-transport-security"]
    begun = officer.send("/new", "/samples", {"sample": "turku"})
    assert begun.status_code == 303
    assert begun.headers["location"].startswith("/t/turku")
    left = officer.send("/", "/leave")
    assert (left.status_code, left.headers["location"]) == (303, "/oauth2/sign_out")


def test_a_form_of_another_page_is_refused_and_a_role_holds(ports):
    """Neither another origin's form nor a reader's changes anything."""
    officer = Browser(ports, served.OFFICER)
    evil = officer.send("/new", "/samples", {"sample": "turku"}, Origin="https://evil.example")
    assert evil.status_code == 403
    reader = Browser(ports, served.READER)
    assert reader.send("/", "/samples", {"sample": "turku"}).status_code == 403


@pytest.mark.parametrize(
    ("files", "each", "status", "said"),
    [
        (1, 2 * MEGABYTE, 303, ""),
        (1, 65 * MEGABYTE, 413, "larger than 64 MB"),
        (4, 64 * MEGABYTE, 413, "all files of one upload together 256 MB"),
        (5, 62 * MEGABYTE, 413, "Request Entity Too Large"),
    ],
)
def test_limits_of_proxy_and_app_agree(ports, files, each, status, said):
    """What the app takes the proxy lets through; what it refuses it says itself, but for far too much."""
    officer = Browser(ports, served.OFFICER)
    tender = officer.send("/new", "/samples", {"sample": "turku"}).headers["location"]
    officer.send(f"{tender}/interest", f"{tender}/interest", {"kind": "none"})
    sent = [("files", (f"{n}.csv", b"id,name\n" + b"a" * each, "text/csv")) for n in range(files)]
    answer = officer.send(f"{tender}/interest", f"{tender}/offers", files=sent)
    assert answer.status_code == status
    assert said in answer.text
