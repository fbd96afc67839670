"""The compiled book: what lets the desk answer at once while the book is unchanged."""
