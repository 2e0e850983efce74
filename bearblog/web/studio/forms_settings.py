"""The forms of a blog's settings: of the blog itself, its domain, the people on it, and its end."""

from django import forms
from django.http import QueryDict
from django.utils.safestring import mark_safe

from bearblog.domain.blogs.models import Membership
from bearblog.web.studio.forms import StudioForm, TypedField

# Phones would otherwise write the first letter large.
_PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


class SettingsForm(StudioForm):
    subdomain = TypedField(
        label="Name",
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="The first part of the blog's address. After a change the old one leads to the new one.",
    )
    language = TypedField(
        widget=forms.TextInput(attrs=_PLAIN | {"list": "languages"}),
        help_text="A code such as en, de or pt-BR: of the texts, the dates and the fixed words on the pages.",
    )
    time_zone = TypedField(
        widget=forms.TextInput(attrs=_PLAIN | {"list": "time_zones"}),
        help_text="Where your dates and times are meant, such as Europe/Berlin.",
    )
    has_likes = forms.BooleanField(label="Readers can like a post", required=False)
    has_share_links = forms.BooleanField(label="Posts end with links to share them", required=False)


class AdvancedForm(StudioForm):
    date_format = TypedField(
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "as is usual in the language"}),
        help_text="Letters for the parts of a date: d j the day, D l its name, m M F the month, "
        "y Y the year, H h g i a A the time. Such as d M, Y.",
    )
    blog_path = TypedField(
        label="Path of the list of posts",
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="Its words become the title of the list. /blog/ leads there as well.",
    )
    feed_alias = TypedField(
        label="One more path of the feed",
        widget=forms.TextInput(attrs=_PLAIN),
        help_text="For readers who follow you at an address that another program gave your feed.",
    )
    meta_tag = TypedField(
        label="A meta tag on each page",
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": '<meta name="…" content="…">'}),
        help_text="One tag, as search engines and other services hand it out to verify that a site is yours.",
    )
    robots_text = TypedField(
        label="robots.txt",
        widget=forms.Textarea(attrs=_PLAIN | {"rows": 6}),
        help_text="What crawlers are asked to do. Left empty, all may look at everything.",
    )
    collects_analytics = forms.BooleanField(label="Count readers", required=False)


class HeadForm(StudioForm):
    head_html = TypedField(
        label="Lines for the head",
        widget=forms.Textarea(attrs=_PLAIN | {"rows": 10}),
    )


class DomainForm(StudioForm):
    custom_domain = TypedField(
        label="Domain",
        widget=forms.TextInput(attrs=_PLAIN | {"placeholder": "example.org", "inputmode": "url"}),
        help_text=mark_safe(  # noqa: S308 - no part of it is typed by anybody
            "With <code>www.</code> or without, as readers shall see it; the other one leads there."
        ),
    )


class MemberForm(StudioForm):
    email = TypedField(label="E-mail", widget=forms.EmailInput(attrs={"placeholder": "somebody@example.org"}))
    role = forms.ChoiceField(
        choices=[(value, label) for value, label in Membership.Role.choices][::-1], required=False
    )


class HandOverForm(StudioForm):
    membership = TypedField(label="New owner")
    name = TypedField(widget=forms.TextInput(attrs=_PLAIN))

    def __init__(self, typed: QueryDict | None, *, names: dict[str, str]) -> None:
        super().__init__(typed)
        self.fields["membership"].widget = forms.Select(choices=list(names.items()))


class DeleteBlogForm(StudioForm):
    name = TypedField(widget=forms.TextInput(attrs=_PLAIN))


class DeleteAccountForm(StudioForm):
    email = TypedField(label="Your e-mail address", widget=forms.EmailInput(attrs=_PLAIN))
    password = TypedField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
