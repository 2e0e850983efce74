"""The studio's forms. They carry what was typed; what may stand in it is for the services to say."""

from typing import Any, Protocol

from django import forms


class Refusal(Protocol):
    """What the domain's errors have in common."""

    sentence: str
    field: str


class TypedField(forms.CharField):
    """Text just as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)
        self.validators = []


class StudioForm(forms.Form):
    """A form that can show a service's refusal beside the field it is about."""

    def refuse(self, refusal: Refusal) -> None:
        """Puts the refusal where the person will see it."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


# Phones would otherwise write the first letter large.
_PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


class NewBlogForm(StudioForm):
    title = TypedField(widget=forms.TextInput(attrs={"placeholder": "Notes from the cave"}))
    subdomain = TypedField(
        label="Name",
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "cave"}),
    )


class BlogSettingsForm(StudioForm):
    title = TypedField()
    home_text = TypedField(
        label="Home page", widget=forms.Textarea(attrs={"rows": 10}), help_text="Markdown, as in a post."
    )
    nav_text = TypedField(
        label="Navigation",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Markdown links, such as [Home](/) [Posts](/blog/).",
    )
    language = TypedField(help_text="A code such as en, de or pt-BR, for browsers and screen readers.")
    subdomain = TypedField(label="Name", widget=forms.TextInput(attrs=_PLAIN))
    custom_domain = TypedField(
        label="Domain of its own",
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "example.org", "inputmode": "url"}),
    )


class DeleteBlogForm(StudioForm):
    name = TypedField(widget=forms.TextInput(attrs=_PLAIN | {"autocomplete": "off"}))


class PostForm(StudioForm):
    title = TypedField(widget=forms.TextInput(attrs={"placeholder": "Title", "autocomplete": "off"}))
    text = TypedField(widget=forms.Textarea(attrs={"placeholder": "Write…", "rows": 20}))
    slug = TypedField(
        label="Address",
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "made from the title"}),
    )
    published_at = TypedField(
        label="Date",
        widget=forms.TextInput(attrs={"placeholder": "when you publish", "autocomplete": "off"}),
        help_text="Such as 2026-11-21 14:30, in UTC. A post with a later date waits for it.",
    )
    creation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def contents(self) -> dict[str, str]:
        """What the services take of a post's words and address."""
        return {name: self.cleaned_data[name] for name in ("title", "text", "slug", "published_at")}
