"""The form of a blog's style sheet."""

from django import forms

from bearblog.web.studio.forms import StudioForm, TypedField


class StylesForm(StudioForm):
    css = TypedField(
        label="Style sheet",
        widget=forms.Textarea(
            attrs={"rows": 24, "spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
        ),
        help_text="CSS, kept just as you type it. Without any, readers get the theme “Paper”.",
    )
    allows_remote = forms.BooleanField(
        required=False,
        label="Allow styles from other hosts",
        help_text="Fonts, pictures and style sheets may then come from elsewhere by https, "
        "and whoever sends them learns which of your pages are read, and from where.",
    )
