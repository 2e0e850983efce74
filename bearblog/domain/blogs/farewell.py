"""What becomes of a person's blogs when the person goes."""

from django.db import transaction

from bearblog.domain.accounts import services as accounts
from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.selectors import blogs_of
from bearblog.domain.blogs.services import delete_blog


@transaction.atomic
def delete_account(*, user: User, email: str, password: str) -> None:
    """Removes the person and their blogs; what they wrote on others stays. Raises AccountError."""
    accounts.check_farewell(user=user, email=email, password=password)
    for blog in blogs_of(user):
        delete_blog(blog=blog)
    accounts.delete_user(user=user)
