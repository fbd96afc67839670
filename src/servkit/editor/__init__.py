"""The language server: what an author sees and can ask for while a document is being written.

:mod:`servkit.editor.server` speaks the protocol; everything below it works on texts and books alone.
:mod:`servkit.editor.open_book` holds a book with the texts that are not saved yet.
"""
