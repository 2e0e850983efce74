"""SVG pictures: what draws stays, what acts or fetches goes."""

import pytest

from bearblog.engines.pictures.errors import PictureError
from bearblog.engines.pictures.svg import clean

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    '<script href="data:,alert(1)"/>',
    '<rect onload="alert(1)"/>',
    '<rect ONCLICK="alert(1)"/>',
    '<foreignObject><i xmlns="http://www.w3.org/1999/xhtml" onclick="alert(1)"/></foreignObject>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    '<use href="https://evil.example/x.svg#a"/>',
    '<use xlink:href="data:image/svg+xml;base64,PHN2Zy8+#a"/>',
    '<image href="https://evil.example/x.png"/>',
    '<image href="data:image/svg+xml,evil"/>',
    '<feImage href="//evil.example/x"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
    '<set attributeName=" onload " to="alert(1)"/>',
    '<rect fill="url(https://evil.example/x)"/>',
    '<rect style="fill:url(//evil.example/x)"/>',
    '<rect style="background:u\\72l(//evil.example/x)"/>',
    "<style>@import '//evil.example/x';</style>",
    "<style>rect{fill:url(//evil.example/x)}</style>",
    "<style>@font-face{src:url(//evil.example/x)}</style>",
    '<html:script xmlns:html="http://www.w3.org/1999/xhtml">alert(1)</html:script>',
    '<iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/>',
    '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler>',
    '<?xml-stylesheet href="//evil.example/x"?>',
]


@pytest.mark.parametrize("inside", HOSTILE)
def test_nothing_in_it_acts_or_reaches_out(inside: str) -> None:
    cleaned = clean(f"{HEAD}>{inside}<rect/></svg>".encode())[0].decode()
    assert "<rect" in cleaned
    for word in ("alert", "evil", "script", "onload", "onclick", "import"):
        assert word not in cleaned.lower()


def test_a_drawing_stays_as_it_was_drawn() -> None:
    drawing = (
        f'{HEAD} viewBox="0 0 10 10"><style>.a{{fill:url(#g)}}</style><defs><linearGradient id="g">'
        '<stop offset="0" stop-color="red"></stop></linearGradient></defs><g class="a" transform="scale(2)">'
        '<path d="M0 0L1 1" style="stroke:red"></path><use xlink:href="#g"></use>'
        '<text x="1">a &amp; &lt;b</text>'
        '<image href="data:image/png;base64,AAAA"></image>'
        '<animate attributeName="opacity" from="0" to="1" dur="1s"></animate></g></svg>'
    )
    assert clean(drawing.encode())[0].decode() == drawing


def test_cleaning_twice_changes_nothing() -> None:
    once = clean(f"{HEAD}><style>a&gt;b{{fill:red}} @media print{{c{{fill:blue}}}}</style></svg>".encode())[0]
    assert clean(once)[0] == once


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20px"', (30, 20)),
        ('viewBox="0 0 12.4 7"', (12, 7)),
        ('width="100%" viewBox="0,0,8,9"', (8, 9)),
        ("", (0, 0)),
    ],
)
def test_its_size_is_known_where_it_says_it(attributes: str, size: tuple[int, int]) -> None:
    assert clean(f"{HEAD} {attributes}/>".encode())[1] == size


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>',
        b"<html/>",
        b'<g xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 300 + b"</g>" * 300 + b"</svg>",
    ],
)
def test_what_cannot_be_checked_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError):
        clean(content)
