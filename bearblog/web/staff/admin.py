"""The tables of Django's own admin, for what the desk has no page for. Where it answers is a setting."""

from allauth.account.models import EmailAddress

from bearblog.domain.accounts.models import Invitation, User
from bearblog.domain.analytics.models import Count
from bearblog.domain.blogs.models import Blog, Membership
from bearblog.domain.conversation.models import Like
from bearblog.domain.media.models import MediaFile
from bearblog.domain.moderation.models import AuditEntry, Report
from bearblog.domain.newsletter.models import Subscriber
from bearblog.domain.posts.models import Post
from bearblog.engines.outbox.models import Letter
from bearblog.web.staff.admin_edited import BlogAdmin, PostAdmin, UserAdmin
from bearblog.web.staff.admin_read_only import (
    AuditAdmin,
    CountAdmin,
    EmailAddressAdmin,
    InvitationAdmin,
    LetterAdmin,
    LikeAdmin,
    MediaAdmin,
    MembershipAdmin,
    ReportAdmin,
    SubscriberAdmin,
)
from bearblog.web.staff.admin_site import DeskAdmin

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
