"""Cells, decision diagrams and covers: one algebra for answers and proofs.

An *axis* is the domain of one name, cut into cells by the constants that conditions compare it with
(:mod:`servkit.domains.axis`). Three things are built on axes: a *decision diagram* over unknown names
(:mod:`servkit.domains.diagram`), *boxes* and their cover (:mod:`servkit.domains.space`,
:mod:`servkit.domains.cover`), and an *index* of many conditions (:mod:`servkit.domains.decision_index`).
"""
