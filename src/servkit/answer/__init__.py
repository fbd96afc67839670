"""Resolution: from a book and a case to an answer that explains itself."""
