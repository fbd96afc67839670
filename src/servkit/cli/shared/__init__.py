"""What the commands share: options, errors, completion, and the book at hand."""
