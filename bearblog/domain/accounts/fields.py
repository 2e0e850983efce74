"""The one way an e-mail address is stored and compared."""

from typing import Any

from django.db import models


class LowercaseEmailField(models.EmailField[str, str]):
    """An e-mail address in lower case, in the database and in every look-up."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.lower() if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value
