"""Other tools' files in and out: saved replies, text modules, match files and spreadsheets.

A tool is a module of :mod:`servkit.exchange.tools`, found by being there. It reads the tool's file into replies
(:mod:`servkit.exchange.reply`) and writes one. What is common to all is here: placeholders, what an import changes and
keeps, contradictions among amounts, and tables for spreadsheets.
"""
