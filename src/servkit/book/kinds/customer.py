"""A customer: what is known of a person, and what matters to them."""

from typing import ClassVar

from servkit.book.shape import CustomerId, Document, Person


class Customer(Person, Document):
    """Somebody you serve: what is known of them, what matters to them, and what they were promised."""

    dated: ClassVar[bool] = False
    expected: ClassVar[tuple[str, ...]] = ()

    id: CustomerId
    """The account number, or whatever the company goes by, without spaces."""
