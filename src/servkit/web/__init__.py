"""The desk in a browser, and the HTTP API: ``servkit desk`` for one person, ``servkit serve`` for a team.

A page is one module in :mod:`servkit.web.routes`, found by its file; no list has to be edited. It holds ``PAGES``::

    def show_document(visit: Visit) -> Response:
        details = find_details(visit.desk, visit.path["id"])
        return visit.render("document.html", details=details)


    PAGES = (Page("/documents/{id}", show_document),)

A handler is a plain function. It runs in a thread of its own with a :class:`~servkit.web.visit.Visit`, which holds

- ``desk``: the open book, its customers, and the settings of the person as defaults; a handler never opens a book;
- ``desk.person``: who asks. Role, office and level come from here and from nowhere else; a handler never reads them
  from the request. ``user`` is the same with the name they sign in with;
- ``words``: servkit's own texts in the person's language; ``query`` and ``form``: what was sent; ``path``: the parts of
  the path; ``session``: what is kept until they sign out (``session.recent``: the customers they opened);
- ``notices``: what the desk remarked on the way, such as that a mistyped name was taken for another;
- ``is_part``: htmx asks for a part of a page; ``render``, ``redirect``: what a handler returns.

``visit.open_customer(id, name)`` is called wherever a customer is shown: it keeps the log of who opened whom.

What a caller did wrong may be raised as it is (ServkitError, UnknownNameError, ValueProblem, JournalError): it becomes
a page that says so. A page with ``methods=("POST",)`` gets its form checked (Origin, CSRF token, size) before the
handler is called. Its template has to hold ``<input type="hidden" name="csrf" value="{{ csrf }}">``; htmx sends the
header ``X-CSRF-Token``.

Templates (:mod:`servkit.web.templating`) escape everything, and an unknown name in one is an error. In each of them:
``visit``, ``person``, ``words``, ``gettext``, ``ngettext``, ``csrf``, ``book_fault`` (why the last good book is still
in use, else None) and ``static("desk.css")``, the address of a file in ``static/``. There is no inline script or style:
the Content-Security-Policy forbids both.

The rest: :mod:`servkit.web.application` puts it together, :mod:`servkit.web.middleware` guards it,
:mod:`servkit.web.library` holds the open book.
"""
