"""The demo page over HTTP: its few files, what the page is told of the company, and the customer's link as a QR code.

``bot.demo.command`` puts the routes beside the stand-in's own on the same loopback port; the page then talks to the
stand-in's person and control side, whose manual is :mod:`bot.demo.standin`. Example::

    told: dict[str, Any] = {}
    standin = await StandIn.start(access_token=access, extra_routes=page.routes(access, told))
    told.update(lang="zh", link="https://t.me/…", people=[…], phones=[…], zone="Asia/Shanghai")

The files are the same for everybody and hold nothing of the company's; ``/demo.json`` and ``/demo-link.svg`` are given
only with the access token, and to no page of another address. A person's name, text or file is hostile: the policy
below lets no inline script, no string as HTML and no other address into the page.
"""

from __future__ import annotations

import hmac
import io
from pathlib import Path
from typing import Any, Final

import segno
from tornado.web import HTTPError, RequestHandler

FILES: Final = Path(__file__).parent / "page"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""https://www.w3.org/TR/CSP3/ and, for the last two, https://www.w3.org/TR/trusted-types/"""


class _Guarded(RequestHandler):
    """What all answers have in common."""

    def set_default_headers(self) -> None:
        """Nothing is kept, guessed, framed, or told to the next site."""
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """The number alone: an answer that echoes nothing."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(str(status_code))


class _File(_Guarded):
    """One of the page's own files, by a name that is on the list."""

    def initialize(self, names: frozenset[str]) -> None:
        """`names` are the files that exist; nothing else is ever opened."""
        self._names = names

    def get(self, name: str) -> None:
        """The file; the page itself for the empty name."""
        name = name or "index.html"
        if name not in self._names:
            raise HTTPError(404)
        self.set_header("Content-Type", _TYPES[Path(name).suffix])
        self.finish((FILES / name).read_bytes())


class _Told(_Guarded):
    """What needs the access token."""

    def initialize(self, access: str, told: dict[str, Any]) -> None:
        """`told` is filled before the first request."""
        self._access = access
        self._told = told

    def prepare(self) -> None:
        """Refuses who has no token, and whatever a browser sends for a page of another address."""
        given = self.request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = given or self.get_query_argument("access_token", "")
        origin = self.request.headers.get("Origin")
        elsewhere = origin is not None and origin != f"http://{self.request.host}"
        elsewhere = elsewhere or self.request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
        if elsewhere or not hmac.compare_digest(given.encode(), self._access.encode()):
            raise HTTPError(403)


class _Company(_Told):
    def get(self) -> None:
        """Who is who, which phones to show, the customer's link, the company's time zone."""
        self.finish(self._told)


class _Link(_Told):
    def get(self) -> None:
        """The customer's link as a QR code, dark on light whatever the theme: cameras want it so."""
        drawn = io.BytesIO()
        segno.make(self._told["link"], error="m", micro=False).save(drawn, kind="svg", scale=8, border=2, light="#fff")
        self.set_header("Content-Type", _TYPES[".svg"])
        self.finish(drawn.getvalue())


def routes(access: str, told: dict[str, Any]) -> list[Any]:
    """Tornado's routes of the page. `access` is the token in the page's address; `told` is read at each request."""
    names = frozenset(path.name for path in FILES.iterdir() if path.suffix in _TYPES)
    guarded = {"access": access, "told": told}
    return [
        (r"/demo\.json", _Company, guarded),
        (r"/demo-link\.svg", _Link, guarded),
        (r"/([a-z-]*(?:\.[a-z]+)?)", _File, {"names": names}),
    ]
