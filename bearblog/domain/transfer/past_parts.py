"""The parts of a blog itself: as they were, as they are, and how each is brought back by its service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import header as home_header
from bearblog.domain.blogs import styling, texts
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.services import change
from bearblog.domain.transfer import blog_fields

Values = Mapping[str, object]
BringBack = Callable[[Blog, User | None, Values], list[str]]


@dataclass(frozen=True)
class Part:
    """A part by its short name, the fields that it is made of (the text last), and its service.

    The service is given these fields only, and returns a sentence for each that today's rules refuse.
    """

    name: str
    title: str
    fields: tuple[str, ...]
    bring_back: BringBack


def whole_values(blog: Blog, then: Values) -> dict[str, object]:
    """Every value of the blog as it was; as it is today where the past does not know it."""
    return {name: then.get(name, getattr(blog, name)) for part in PARTS for name in part.fields}


def written(part: Part, values: Values) -> str:
    """The part as a text to compare: a line for each value, and its text below."""
    *lines, text = part.fields
    if part.name == "settings":
        lines, text = [*lines, text], ""
    head = [f"{name}: {values[name]}" for name in lines if values[name] not in ("", None)]
    below = [str(values[text])] if text else []
    return "\n".join([*head, *([""] if head and below else []), *below])


def _home(blog: Blog, by: User | None, values: Values) -> list[str]:
    header = home_header.write(Blog(**{name: values[name] for name in _HOME}))
    texts.save_home(blog=blog, by=by, header=header, text=str(values["home_text"]))
    return []


def _nav(blog: Blog, by: User | None, values: Values) -> list[str]:
    texts.save_nav(blog=blog, by=by, text=str(values["nav_text"]))
    return []


def _footer(blog: Blog, by: User | None, values: Values) -> list[str]:
    texts.save_footer(blog=blog, by=by, text=str(values["footer_text"]))
    return []


def _template(blog: Blog, by: User | None, values: Values) -> list[str]:
    texts.save_template(blog=blog, by=by, text=str(values["post_template"]))
    return []


def _styles(blog: Blog, by: User | None, values: Values) -> list[str]:
    styling.update_styles(
        blog=blog,
        css=str(values["css"]),
        by=by,
        theme=str(values["theme"]),
        allows_remote=bool(values["allows_remote_styles"]),
    )
    return []


def _checked(blog: Blog, by: User | None, values: Values) -> list[str]:
    changes, problems = blog_fields.read(blog, values)
    if changes:
        change(blog, **changes)
    return problems


_HOME = ("title", "favicon", "meta_description", "meta_image")
_STYLES = ("theme", "allows_remote_styles")
_SETTINGS = tuple(name for name in blog_fields.SETTINGS if name not in (*_HOME, *_STYLES))
PARTS = (
    Part("home", "Home page", (*_HOME, "home_text"), _home),
    Part("nav", "Navigation", ("nav_text",), _nav),
    Part("footer", "Footer", ("footer_text",), _footer),
    Part("template", "Template of new posts", ("post_template",), _template),
    Part("styles", "Styles", (*_STYLES, "css"), _styles),
    Part("head", "Head", ("head_html",), _checked),
    Part("settings", "Settings", _SETTINGS, _checked),
)
