"""Cells, decision diagrams and covers: one algebra for answers and proofs."""
