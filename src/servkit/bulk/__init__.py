"""Segments and terms of whole customer bases: one row a customer, worked out where the customers are.

An engine computes signatures only (:mod:`servkit.answer.signatures`). Each different one is answered once, by the
desk's own resolution, and joined back.
"""
