"""Two places that are not the product: where Quick exit leads, and a page that does all wrong."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WEATHER = b"<!doctype html><html lang=en><title>Weather</title><h1>Mild, some cloud</h1>"
NAIVE = """<!doctype html><title>What you said: {said}</title>
<link rel=stylesheet href="https://fonts.example/font.css">
<h1 style="color: #333; background: light-dark(#fff, #222); color-scheme: light dark">Tell</h1>
<img src="/nothing.png"><p>{said}</p><p class=wide style="width: 900px">…</p>
<form method=post action="/naive"><input name=said value="{said}"><button>Send</button></form>
<script>localStorage.setItem("said", {quoted}); nobody.knows</script>"""


class Weather(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str | None, str | None]]] = []  # for what, and from where

    def do_GET(self) -> None:
        if self.path != "/favicon.ico":  # which a browser asks for when it likes
            self.asked.append((self.headers["Sec-Fetch-Mode"], self.headers["Referer"]))
        self.answer(WEATHER)

    def answer(self, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody needs to know."""


class Naive(Weather):
    """Echoes what was typed in an answer to a POST, in the title, in the store: all we do not."""

    def do_GET(self) -> None:
        known = self.path == "/naive"
        self.answer(self.page("").encode(), 200 if known else 404)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.page(parse_qs(sent)["said"][0]).encode())

    def page(self, said: str) -> str:
        return NAIVE.format(said=said, quoted=repr(said))


class Elsewhere:
    """Serves one of the two until closed."""

    def __init__(self, handler: type[Weather], certificate: Path | None = None) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def make_certificate(file: Path, name: str) -> Path:
    """A key and a certificate that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    written = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(written + made.public_bytes(pem))
    return file
