"""A blog that is gone, made anew; and the parts of a blog, each by the service that stores it."""

import itertools

from bearblog.domain.accounts.selectors import find_user
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.selectors import is_name_taken
from bearblog.domain.blogs.services import create_blog
from bearblog.domain.transfer.bringing_back import Bringing
from bearblog.domain.transfer.errors import TransferError
from bearblog.domain.transfer.past_parts import PARTS, whole_values
from bearblog.lib import slugs


def create_again(bringing: Bringing) -> Blog:
    """The blog that is gone, without its posts. Raises TransferError, BlogError."""
    then, report = bringing.then, bringing.report
    former_owner = find_user(then.owner_email)
    owner = former_owner or bringing.wishes.owner
    if owner is None:
        raise TransferError(
            f"The owner of this blog, {then.owner_email}, has no account any more. Name the person who shall "
            "have it.",
            "owner",
        )
    numbered = (slugs.number(then.subdomain, count) for count in itertools.count(2))
    names = itertools.chain([then.subdomain], numbered)
    name = next(name for name in names if not is_name_taken(name))
    blog = create_blog(owner=owner, title=then.title, subdomain=name)
    decisions = then.decisions if owner == former_owner else {**then.decisions, "is_trusted": False}
    Blog.objects.filter(pk=blog.pk).update(created_at=then.created_at, **decisions)
    blog.refresh_from_db()
    report.changes.append("Blog")
    if name != then.subdomain:
        report.say(f"The name “{then.subdomain}” is taken, so the blog stands at “{name}”.")
    if then.custom_domain:
        report.say(f"Its domain {then.custom_domain} has to be proven once more, in the blog's settings.")
    if members := bringing.past.count_members(then):
        report.say(f"{members} other people had a place on it; the owner can invite them again.")
    return blog


def bring_parts(blog: Blog, bringing: Bringing) -> None:
    """Gives the blog the chosen parts; all of them where it was gone."""
    values, wishes = whole_values(blog, bringing.then.values), bringing.wishes
    for part in PARTS:
        changed = any(values[name] != getattr(blog, name) for name in part.fields)
        if not changed or not (bringing.today is None or part.name in wishes.names):
            continue
        try:
            problems = part.bring_back(blog, wishes.by, {name: values[name] for name in part.fields})
        except BlogError as error:
            problems = [f"{part.title}: it stays as it is. {error.sentence}"]
        else:
            bringing.report.changes.append(part.title)
        for problem in problems:
            bringing.report.say(problem)
