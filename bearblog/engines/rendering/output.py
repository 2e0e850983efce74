"""How the parts of a text are written as HTML."""

import html
import time
from collections.abc import Sequence

from django.utils.translation import gettext
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bearblog.engines.rendering import code, formulas
from bearblog.engines.rendering.footnotes import MOST_WAYS_BACK
from bearblog.engines.rendering.sheet import Sheet, sheet_of


class Output(RendererHTML):
    """Writes HTML without style attributes, which the pages' policy forbids."""

    def s_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "<del>"

    def s_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "</del>"

    def td_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        style = str(tokens[index].attrs.pop("style", ""))
        if style:
            tokens[index].attrs["class"] = f"align-{style.removeprefix('text-align:')}"
        return self.renderToken(tokens, index, options, env)

    th_open = td_open

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        address = str(token.attrs["href"])
        if address.lower().startswith(("tab:http://", "tab:https://")):
            token.attrs |= {"href": address[4:], "target": "_blank", "rel": "noopener"}
        return self.renderToken(tokens, index, options, env)

    def list_item_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, index, options, env)

    def code_inline(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"<code>{escapeHtml(sheet_of(env).placeholders.restore(tokens[index].content))}</code>"

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[index]
        words = unescapeAll(token.info).split(maxsplit=1)
        language = words[0] if words else ""
        source = sheet_of(env).placeholders.restore(token.content)
        named = f' class="language-{escapeHtml(language)}"' if language else ""
        coloured = _coloured(sheet_of(env), source, language)
        if coloured is None:
            return f"<pre><code{named}>{escapeHtml(source)}</code></pre>\n"
        # Code wider than the page is scrolled; with the key board too.
        return f'<div class="highlight"><pre tabindex="0"><code{named}>{coloured}</code></pre></div>\n'

    def formula(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        typed = sheet_of(env).placeholders.restore(tokens[index].markup)
        latex = sheet_of(env).placeholders.restore(tokens[index].content)
        return formulas.mathml(latex, is_block=False) or f"<code>{escapeHtml(typed)}</code>"

    def formula_block(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        typed = sheet_of(env).placeholders.restore(tokens[index].markup)
        latex = sheet_of(env).placeholders.restore(tokens[index].content)
        made = formulas.mathml(latex, is_block=True)
        return (
            f'<div class="math">{made}</div>\n' if made else f"<pre><code>{escapeHtml(typed)}</code></pre>\n"
        )

    def html_frame(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return tokens[index].content

    def toc(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        entries = self.renderInline(tokens[index].children or [], options, env)
        summary = escapeHtml(sheet_of(env).placeholders.plain(tokens[index].content))
        return f'<details class="toc" open><summary>{summary}</summary>{entries}</details>\n'

    def footnote_ref(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        number, again = _note(tokens[index])
        link = f'<a href="#fn-{number}">{number}</a>'
        place = "" if tokens[index].meta["subId"] >= MOST_WAYS_BACK else f' id="fnref-{number}{again}"'
        return f'<sup class="footnote-ref"{place}>{link}</sup>'

    def footnote_block_open(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return '<section class="footnotes">\n<ol>\n'

    def footnote_block_close(
        self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f'<li id="fn-{tokens[index].meta["id"] + 1}">'

    def footnote_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        number, again = _note(tokens[index])
        words = html.escape(gettext("Back to the text"))
        # The second sign keeps phones from showing the arrow as a picture.
        return f' <a href="#fnref-{number}{again}" class="footnote" aria-label="{words}">\u21a9\ufe0e</a>'


def _coloured(sheet: Sheet, source: str, language: str) -> str | None:
    if sheet.seconds_for_colours <= 0:
        return None
    start = time.thread_time()
    coloured = code.highlighted(source, language)
    sheet.seconds_for_colours -= time.thread_time() - start
    return coloured


def _note(token: Token) -> tuple[int, str]:
    times = token.meta["subId"]
    return token.meta["id"] + 1, f"-{times + 1}" if times else ""
