"""What a terminal shows: from a result to lines of text."""
