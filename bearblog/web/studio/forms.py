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


class EditorForm(StudioForm):
    """A text, the lines above it, and what tells one sheet and one device from another."""

    header = TypedField(
        widget=forms.Textarea(
            attrs=_PLAIN | {"rows": 4, "autocomplete": "off", "aria-describedby": "problems"}
        )
    )
    text = TypedField(
        widget=forms.Textarea(
            attrs={"rows": 20, "placeholder": "Write…", "aria-describedby": "id_text_helptext"}
        )
    )
    # What the sheet said when it was opened, so that nobody's later save is written over unseen.
    based_on = TypedField(widget=forms.HiddenInput)
    subject = TypedField(widget=forms.HiddenInput)
    creation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    device = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # The unsaved text that the words were taken over from: once they are saved, it has done its part.
    taken = TypedField(widget=forms.HiddenInput)
