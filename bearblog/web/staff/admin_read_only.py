"""The tables of the admin that are there to look at."""

from bearblog.web.staff.admin_site import ReadOnly


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
