"""Where customers come from: the book's own documents, and files."""
