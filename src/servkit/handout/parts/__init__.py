"""Blocks that several sheets are made of."""
