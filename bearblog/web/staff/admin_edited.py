"""The tables of the admin in which staff may change something."""

from typing import Any

from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import services as blogs
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import blogs_of
from bearblog.domain.moderation import audit
from bearblog.domain.posts import services as posts
from bearblog.domain.posts.models import Post
from bearblog.web.staff.admin_site import Edited


class BlogAdmin(Edited):
    """Blogs: what staff decide about them. Their names are the owner's, and granted by a service."""

    list_display = (
        "title", "subdomain", "custom_domain", "owner", "is_reviewed", "is_hidden", "is_blocked",
        "is_trusted", "created_at",
    )  # fmt: skip
    list_filter = ("is_reviewed", "is_hidden", "is_blocked", "is_flagged", "is_trusted")
    search_fields = ("title", "subdomain", "custom_domain", "owner__email")
    list_select_related = ("owner",)
    editable = (
        "is_reviewed", "is_hidden", "is_blocked", "is_flagged", "is_trusted", "staff_note",
        "is_ignored_for_good",
    )  # fmt: skip

    def name_of(self, obj: Blog) -> str:
        return audit.name_of_blog(obj)

    def follow_up(self, obj: Blog) -> None:
        # Whatever was decided, nothing that it may take away is shown from here on.
        blogs.withdraw(obj)
        blogs.forget_main_pages()

    def remove(self, obj: Blog) -> None:
        blogs.delete_blog(blog=obj)


class PostAdmin(Edited):
    """Posts: what the main site does with them. Their words are their author's."""

    list_display = ("title", "blog", "is_page", "status", "published_at", "like_count", "is_hidden")
    list_filter = ("status", "is_page", "is_hidden")
    search_fields = ("title", "slug", "blog__subdomain")
    list_select_related = ("blog",)
    show_full_result_count = False
    editable = ("is_discoverable", "is_hidden")

    def name_of(self, obj: Post) -> str:
        return audit.name_of_post(obj)

    def follow_up(self, obj: Post) -> None:
        blogs.touch(obj.blog)
        blogs.forget_main_pages()

    def remove(self, obj: Post) -> None:
        posts.delete_post(post=obj)


class UserAdmin(Edited):
    """People. They end their accounts themselves; staff deactivate them."""

    list_display = ("email", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    search_fields = ("email",)
    filter_horizontal = ("groups", "user_permissions")
    exclude = ("password",)
    editable = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Whoever may give rights could give themselves all of them.
        return bool(getattr(request.user, "is_superuser", False))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[Any], change: bool) -> None:
        fields = [name for name in form.changed_data if name not in self.filter_horizontal]
        obj.save(update_fields=fields)
        self.note_down(request, obj, "edit in the admin", ", ".join(form.changed_data))
        self.follow_up(obj)

    def name_of(self, obj: User) -> str:
        return audit.name_of_user(obj)

    def follow_up(self, obj: User) -> None:
        for blog in blogs_of(obj):
            blogs.withdraw(blog)
        blogs.forget_main_pages()
