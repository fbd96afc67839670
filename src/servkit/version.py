"""The version of servkit, in a module that imports nothing, so that every room may ask for it."""

__version__ = "0.1.0"
