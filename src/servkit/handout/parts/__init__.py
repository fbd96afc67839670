"""Parts that several sheets are made of: from documents of the book to blocks, one sort of document a module."""
