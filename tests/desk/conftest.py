"""Here, too, the same letter is set once."""

from tests.applications.conftest import _each_letter_is_set_once  # noqa: F401
