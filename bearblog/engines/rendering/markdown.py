"""Markdown to clean HTML."""

from bearblog.engines.rendering import cleaning, kept, limits, machine, pictures, weaving
from bearblog.engines.rendering.directives import Placeholders, Resolver, keep_typed
from bearblog.engines.rendering.pictures import PictureFinder, no_picture
from bearblog.lib import plain_text


def render(
    text: str,
    *,
    resolve: Resolver = keep_typed,
    find_picture: PictureFinder = no_picture,
    trusted: bool = False,
    is_kept: bool = False,
) -> str:
    """Clean HTML of the Markdown, whatever the text is; HTML nested beyond reason is shown as typed.

    The HTML of a trusted text stays with its scripts, and is only made to end where it should. A text whose
    HTML is kept is no work the next time; directives and pictures are always as they are now.
    """
    name = kept.name_of(text, trusted=trusted)
    placeholders = Placeholders(resolve, name)
    hidden = placeholders.hide(text)
    is_kept = is_kept and kept.is_worth_it(text)
    clean = kept.read(name) if is_kept else None
    if clean is None:
        clean = _clean(hidden, placeholders, trusted=trusted)
        # An anchor made of what a directive stands for today is another one tomorrow.
        if is_kept and not placeholders.were_asked:
            kept.keep(name, clean)
    return weaving.weave(pictures.dress(clean, find_picture), placeholders)


def _clean(hidden: str, placeholders: Placeholders, *, trusted: bool) -> str:
    dirty = machine.convert(hidden, placeholders)
    if limits.is_too_deep(dirty):
        dirty = machine.convert(hidden, placeholders, shows_html=True)
    clean = cleaning.balance(dirty) if trusted else cleaning.clean(dirty)
    # Character references such as &#1; bring back what the stored text was rid of.
    return plain_text.without_control_characters(clean)
