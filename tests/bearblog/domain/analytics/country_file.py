"""Writes a MaxMind file that knows one country: of all addresses that begin with a zero bit."""

from pathlib import Path

_MARK = b"\xab\xcd\xefMaxMind.com"


def write_country_file(file: Path, code: str) -> None:
    """The smallest file of its kind (MaxMind DB format 2.0)."""
    record = _map({"country": _map({"iso_code": _text(code)})})
    # One node: its left side points at the record, its right side says that nothing is known.
    nodes = 1
    tree = (nodes + 16).to_bytes(3, "big") + nodes.to_bytes(3, "big")
    facts = {
        "node_count": _number(nodes),
        "record_size": _small(24),
        "ip_version": _small(4),
        "database_type": _text("Country"),
        "binary_format_major_version": _small(2),
        "binary_format_minor_version": _small(0),
        "build_epoch": b"\x01\x02\x01",
        "languages": b"\x00\x04",
        "description": _map({}),
    }
    file.write_bytes(tree + bytes(16) + record + _MARK + _map(facts))


def _text(words: str) -> bytes:
    return bytes([0x40 | len(words)]) + words.encode()


def _number(value: int) -> bytes:
    return bytes([0xC1, value])


def _small(value: int) -> bytes:
    return bytes([0xA1, value])


def _map(pairs: dict[str, bytes]) -> bytes:
    return bytes([0xE0 | len(pairs)]) + b"".join(_text(name) + value for name, value in pairs.items())
