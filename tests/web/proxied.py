"""A proxy in front of a city's server: it knows who has signed in, and says so in its headers."""

import http.client
import sys
import threading
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

USER, SECRET = "X-Auth-Request-Email", "X-Offsetcheck-Proxy"
OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Each request in a thread of its own; a browser that hangs up is no news."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def proxied(address, person, secret):
    """Stand in front of a server for one person; give the address that his browser opens."""
    behind = urlsplit(address).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self):
            length = int(self.headers.get("content-length") or 0)
            sent = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in {*OF_ONE_HOP, USER.lower(), SECRET.lower()}
            }
            asked = http.client.HTTPConnection(behind, timeout=60)
            with closing(asked), suppress(ConnectionError):  # a browser may turn away at any time
                body = self.rfile.read(length) if length else None
                asked.request(self.command, self.path, body, {**sent, USER: person, SECRET: secret})
                with asked.getresponse() as answer:
                    self.give(answer, answer.read())

        def give(self, answer, body):
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in OF_ONE_HOP:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = pass_on  # noqa: N815 - the names that the server calls

        def log_message(self, *said):
            """Say nothing; what was refused stands in the log of the app."""

    proxy = Proxy(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=proxy.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{proxy.server_address[1]}/"
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()
