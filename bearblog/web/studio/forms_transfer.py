"""The forms that bring a blog in."""

from django import forms

from bearblog.web.studio.forms import StudioForm


class ImportForm(StudioForm):
    file = forms.FileField(
        required=False,
        label="A file",
        help_text="A zip from “Export”, Bear’s CSV, or a zip of Markdown files. At most 2 GB.",
    )
    with_blog = forms.BooleanField(
        required=False,
        label="Take home page, navigation, looks and settings from it too, in the place of mine",
    )
    with_subscribers = forms.BooleanField(
        required=False, label="Take the subscribers too: they have agreed to get letters from me"
    )


class CarryOutForm(StudioForm):
    token = forms.CharField(widget=forms.HiddenInput, max_length=60)
    with_blog = forms.BooleanField(required=False, widget=forms.HiddenInput)
    with_subscribers = forms.BooleanField(required=False, widget=forms.HiddenInput)
