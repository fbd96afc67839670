"""servkit's own words in the languages of books: what the desk shows, and what handouts print.

The English text is in the code, and is the id of its translations: :mod:`servkit.languages.catalogue`. ``xx.po`` beside
this module has them in the language ``xx``. A company adds to them, or to a language of its own, in the folder
``languages`` of its book. ``make words`` brings new texts from the code into every file here.

Values, dates and conditions in words are in :mod:`servkit.languages.phrases`.
"""
