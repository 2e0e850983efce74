"""Django's admin as it is here: behind the site's own sign-in, every change in the audit log."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bearblog.domain.accounts.models import User
from bearblog.domain.moderation import audit


class DeskAdmin(admin.AdminSite):
    """The admin behind the site's own sign-in; for people who are not staff there is no such page."""

    site_title = site_header = "Bearblog admin"
    index_title = "Tables"
    site_url = "/staff/"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A table to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Edited(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A table some of whose fields may be changed; each change is written into the audit log."""

    editable: tuple[str, ...] = ()
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        names = [field.name for field in self.opts.get_fields() if getattr(field, "editable", False)]
        return [name for name in names if name not in self.editable]

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> None:
        # Only what was changed: the rest of the row may have moved on since the form was opened.
        obj.save(update_fields=form.changed_data)
        self.note_down(request, obj, "edit in the admin", ", ".join(form.changed_data))
        self.follow_up(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.note_down(request, obj, "delete in the admin", "")
        self.remove(obj)

    def note_down(self, request: HttpRequest, obj: Any, action: str, note: str) -> None:
        """Writes into the audit log what is being done."""
        if isinstance(request.user, User):
            audit.note_down(actor=request.user, action=action, target=self.name_of(obj), note=note)

    def name_of(self, obj: Any) -> str:
        """How the audit log calls the row."""
        raise NotImplementedError

    def follow_up(self, obj: Any) -> None:
        """Does what a change of the row brings with it."""
        raise NotImplementedError

    def remove(self, obj: Any) -> None:
        """Deletes the row as a service does."""
        raise NotImplementedError
