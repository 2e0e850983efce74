"""The form that adds subscribers by hand."""

from django import forms

from bearblog.web.studio.forms import StudioForm, TypedField


class AddSubscribersForm(StudioForm):
    emails = TypedField(
        label="E-mail addresses",
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "none"}),
        help_text="One a line, or a list copied from elsewhere.",
    )
    have_agreed = forms.BooleanField(
        label="These people agreed to get my letters",
        required=False,
        help_text="Left open, each of them gets a letter and counts once they say yes.",
    )
