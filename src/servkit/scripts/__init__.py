"""Scripts: what to say, filled for the customer at hand (BOOK.md 7)."""
