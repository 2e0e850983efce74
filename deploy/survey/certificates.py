"""From when to when Caddy's certificates hold."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = "var/lib/caddy/certificates"
# Caddy's own authority, which nobody limits.
_OWN_AUTHORITY = "local"
_END = "-----END CERTIFICATE-----"
_UTC_TIME = 0x17
_VERSION = 0xA0


def look(root: Path) -> list[dict[str, object]]:
    """Name, begin and end of each certificate, and whether a public authority issued it.

    Raises OSError, ValueError for one that cannot be read.
    """
    found = []
    for file in sorted((root / _FOLDER).glob("*/*/*.crt")):
        begin, end = validity(file.read_text(encoding="ascii"))
        found.append(
            {
                "name": file.stem.replace("wildcard_", "*"),
                "begin": f"{begin:%Y-%m-%dT%H:%M:%SZ}",
                "end": f"{end:%Y-%m-%dT%H:%M:%SZ}",
                "public": file.parent.parent.name != _OWN_AUTHORITY,
            }
        )
    return found


def validity(chain: str) -> tuple[datetime, datetime]:
    """From when to when the first certificate of the chain holds. Raises ValueError."""
    first, end, _ = chain.partition(_END)
    certificate = ssl.PEM_cert_to_DER_cert(first + end)
    try:
        # Certificate, TBSCertificate; in it perhaps a version; then number, algorithm, issuer, validity
        # (RFC 5280, 4.1).
        _, start, _ = _element(certificate, 0)
        _, start, _ = _element(certificate, start)
        kind, _, after = _element(certificate, start)
        for _ in range(3 if kind == _VERSION else 2):
            _, _, after = _element(certificate, after)
        _, start, _ = _element(certificate, after)
        kind, inside, after = _element(certificate, start)
        begin = _moment(kind, certificate[inside:after])
        kind, inside, after = _element(certificate, after)
        return begin, _moment(kind, certificate[inside:after])
    except IndexError as error:
        raise ValueError("A certificate is cut short.") from error


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind, first byte inside, and first byte after the DER element that begins here."""
    length, inside = data[at + 1], at + 2
    if length & 0x80:
        inside += length & 0x7F
        length = int.from_bytes(data[at + 2 : inside], "big")
    return data[at], inside, inside + length


def _moment(kind: int, content: bytes) -> datetime:
    text = content.decode("ascii")
    if kind == _UTC_TIME:
        text = ("20" if int(text[:2]) < 50 else "19") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
