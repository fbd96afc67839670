"""The HTTP API under ``/api/1``: the command line's JSON, key for key, for other programs.

An operation is described once (:mod:`servkit.web.api.operation`), with Pydantic models of what it takes and gives. What
is sent is checked by that description, and ``openapi.json`` is made from it. The operations of one resource are one
module in :mod:`servkit.web.api.operations`, found by its file.
"""
