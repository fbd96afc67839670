"""A book and its answers on paper.

Data flows one way: a *sheet* (one module in :mod:`servkit.handout.sheets`) makes handouts of plain values
(:mod:`servkit.handout.model`) from the material that the filters leave, and a *format* (one module in
:mod:`servkit.handout.formats`) writes a handout as bytes. Neither knows the other, and both are found by being there.
"""
