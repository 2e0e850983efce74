"""The form by which an author asks staff to look at a blog."""

from django import forms

from bearblog.web.studio.forms import StudioForm, TypedField


class ReviewForm(StudioForm):
    note = TypedField(
        label="A word to them",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the blog is about, or why you think that they are mistaken. It may stay empty.",
    )
