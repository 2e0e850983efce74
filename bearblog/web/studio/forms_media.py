"""The forms of the media pages."""

from django import forms

from bearblog.web.studio.forms import StudioForm, TypedField


class DescribeFileForm(StudioForm):
    name = TypedField(help_text="For you alone; readers see the address.")
    alternative_text = TypedField(
        label="Description",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What the picture shows, for those who cannot see it. It goes into the Markdown above.",
    )
