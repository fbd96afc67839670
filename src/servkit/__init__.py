"""servkit: service standards as text."""

__version__ = "0.1.0"
