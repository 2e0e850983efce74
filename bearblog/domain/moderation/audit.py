"""The book of what staff did. Lines are added and never changed."""

from django.db.models import Q, QuerySet

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.moderation.models import AuditEntry
from bearblog.domain.posts.models import Post

_MOST = 300


def note_down(*, actor: User | None, action: str, target: str, note: str = "") -> AuditEntry:
    """The new line: who did what to whom, in names that stay when the rows are gone.

    Nobody (None) is whoever runs a command on the box.
    """
    name = actor.email if actor else "the command line"
    return AuditEntry.objects.create(actor=name, action=action, target=target[:_MOST], note=note)


def name_of_blog(blog: Blog) -> str:
    """How the book calls a blog."""
    return f"blog {blog.subdomain} ({blog.title})"


def name_of_post(post: Post) -> str:
    """How the book calls a post."""
    return f"blog {post.blog.subdomain} /{post.slug}/ ({post.title})"


def name_of_user(user: User) -> str:
    """How the book calls a person."""
    return f"person {user.email}"


def entries(query: str = "") -> QuerySet[AuditEntry]:
    """All lines, the newest first; those that have the query in them."""
    found = AuditEntry.objects.all()
    if not query.strip():
        return found
    words = query.strip()
    return found.filter(Q(actor__icontains=words) | Q(target__icontains=words) | Q(note__icontains=words))


def entries_about(blog: Blog) -> QuerySet[AuditEntry]:
    """The lines about a blog and its posts, the newest first."""
    return AuditEntry.objects.filter(target__startswith=f"blog {blog.subdomain} ")
