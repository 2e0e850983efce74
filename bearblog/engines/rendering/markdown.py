"""Markdown to clean HTML."""

from bearblog.engines.rendering import cleaning, limits, machine, pictures, weaving
from bearblog.engines.rendering.directives import Placeholders, Resolver, keep_typed
from bearblog.engines.rendering.pictures import PictureFinder, no_picture
from bearblog.lib import plain_text


def render(
    text: str,
    *,
    resolve: Resolver = keep_typed,
    find_picture: PictureFinder = no_picture,
    trusted: bool = False,
) -> str:
    """Clean HTML of the Markdown, whatever the text is; HTML nested beyond reason is shown as typed.

    The HTML of a trusted text is kept with its scripts, and only made to end where it should.
    """
    placeholders = Placeholders(resolve)
    hidden = placeholders.hide(text)
    dirty = machine.convert(hidden, placeholders)
    if limits.is_too_deep(dirty):
        dirty = machine.convert(hidden, placeholders, shows_html=True)
    clean = cleaning.balance(dirty) if trusted else cleaning.clean(dirty)
    # Character references such as &#1; bring back what the stored text was rid of.
    tidy = plain_text.without_control_characters(clean)
    return weaving.weave(pictures.dress(tidy, find_picture), placeholders)
