"""What can be proved of a book without a customer: conditions that never hold, rows that are never reached, segments
that tie, gaps in time, names that nothing depends on, and what no scenario exercises. A proof has a witness or a
reason."""
