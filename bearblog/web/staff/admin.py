"""The tables of Django's own admin, for what the desk has no page for. Where it answers is a setting."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from bearblog.domain.accounts.models import Invitation, User
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs import services as blogs
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.blogs.selectors import blogs_of
from bearblog.domain.conversation.models import Like
from bearblog.domain.media.models import MediaFile
from bearblog.domain.moderation import audit
from bearblog.domain.moderation.models import AuditEntry, Report
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts import services as posts
from bearblog.domain.posts.models import Post
from bearblog.engines.outbox.models import Letter
from bearblog.web.staff.admin_site import DeskAdmin, Edited, ReadOnly


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
        blogs.touch(obj)

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
            blogs.touch(blog)


class AuditAdmin(ReadOnly):
    """The audit log: nobody changes it, not even here."""

    list_display = ("done_at", "actor", "action", "target")
    search_fields = ("actor", "target", "note")


class LetterAdmin(ReadOnly):
    """The outbox."""

    list_display = ("created_at", "recipient", "subject", "status")
    list_filter = ("status",)
    search_fields = ("recipient", "subject")


class SubscriberAdmin(ReadOnly):
    """Who asked for letters."""

    list_display = ("email", "blog", "subscribed_at", "confirmed_at")
    search_fields = ("email", "blog__subdomain")
    list_select_related = ("blog",)
    # The token lets anybody who has it end the subscription.
    exclude = ("token",)


class ReportAdmin(ReadOnly):
    """What readers reported."""

    list_display = ("made_at", "blog", "path", "settled_at")
    list_select_related = ("blog",)


class CountAdmin(ReadOnly):
    """The numbers of each day."""

    list_display = ("day", "blog", "kind", "name", "number")
    list_filter = ("kind",)
    list_select_related = ("blog",)
    show_full_result_count = False


class LikeAdmin(ReadOnly):
    """Likes, each a hash and nothing more."""

    list_display = ("liked_at", "post")
    list_select_related = ("post",)
    show_full_result_count = False


class MediaAdmin(ReadOnly):
    """Uploaded files."""

    list_display = ("__str__", "blog")
    list_select_related = ("blog",)


class MembershipAdmin(ReadOnly):
    """Who writes with whom."""

    list_display = ("email", "blog", "role", "accepted_at")
    list_select_related = ("blog",)
    exclude = ("token_hash",)


class InvitationAdmin(ReadOnly):
    """Who was invited."""

    list_display = ("email", "invited_by", "created_at", "expires_at", "accepted_at")
    list_select_related = ("invited_by",)
    exclude = ("token_hash",)


class EmailAddressAdmin(ReadOnly):
    """Which addresses are confirmed."""

    list_display = ("email", "user", "verified", "primary")
    search_fields = ("email",)
    list_select_related = ("user",)


desk_admin = DeskAdmin(name="desk_admin")
desk_admin.register(User, UserAdmin)
desk_admin.register(Blog, BlogAdmin)
desk_admin.register(Post, PostAdmin)
desk_admin.register(AuditEntry, AuditAdmin)
desk_admin.register(Letter, LetterAdmin)
desk_admin.register(Subscriber, SubscriberAdmin)
desk_admin.register(Report, ReportAdmin)
desk_admin.register(Count, CountAdmin)
desk_admin.register(Like, LikeAdmin)
desk_admin.register(MediaFile, MediaAdmin)
desk_admin.register(Membership, MembershipAdmin)
desk_admin.register(Invitation, InvitationAdmin)
desk_admin.register(EmailAddress, EmailAddressAdmin)
