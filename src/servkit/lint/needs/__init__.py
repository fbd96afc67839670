"""What rules may ask for by parameter name, beyond what the engine itself has.

One module a need, found by being there: a module ``references.py`` holds a function ``references``, which names in turn
what it needs as its parameters. A need is worked out when the first rule asks for it, once a run.
"""
