"""What rules may ask for by parameter name, beyond what the engine itself has.

One module a need, found by being there: a module ``references.py`` holds a function ``references``, which names in turn
what it needs as its parameters. A need is worked out when the first rule asks for it, once a run (and once for every
part of a book, where ``check_each`` of a rule asks for it).

What takes long to look for in every document is looked for in the parts of a book, wherever they are read: such a
module holds a function ``glean`` as well, which makes plain data of a part (what :mod:`marshal` can carry), and its
need asks for ``gleaned``, a list of what came of all parts. What ``glean`` says may hang on nothing but the documents
of the part.
"""
