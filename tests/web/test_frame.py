"""The page of one customer in the sidebar of a helpdesk: a frame of another site."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Any

import pytest

from servkit.web.users_file import PersonRecord

from .desk_browser import PASSWORD, Person, ServedDesk, make_certificate

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

HELPDESK = "https://helpdesk.example.org"
#: The site of the helpdesk counts as one of the internet, which may not ask this machine.
LOCAL = "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
CUSTOMER = "/customers/AS-1007?about=returns"


class Agent(Person):
    """Somebody at a helpdesk. Its pages, and those of any other site, hold nothing but a sidebar with the desk."""

    def _keep(self, method: str, params: Any) -> None:
        super()._keep(method, params)
        if method != "Fetch.requestPaused":
            return
        page = f"<!doctype html><title>A ticket</title><iframe src='{self.desk.address}{CUSTOMER}'></iframe>"
        page += "<style>body { margin: 0 } iframe { border: 0; width: 340px; height: 850px }</style>"
        answer = {
            "requestId": params["requestId"],
            "responseCode": 200,
            "body": base64.b64encode(page.encode()).decode(),
        }
        self._write("Fetch.fulfillRequest", answer)

    def in_frame(self, script: str) -> Any:
        """A script's value in the frame, which has a process of its own."""
        (frame,) = [one for one in self.send("Target.getTargets")["targetInfos"] if one["type"] == "iframe"]
        page = self.session
        self.session = self.send("Target.attachToTarget", targetId=frame["targetId"], flatten=True)["sessionId"]
        try:
            return self.run(script)
        finally:
            self.session = page

    def until_in_frame(self, condition: str) -> None:
        """Wait for something in the frame."""
        end = time.monotonic() + 15
        while True:
            try:
                if self.in_frame(f"Boolean({condition})"):
                    return
            except (AssertionError, ValueError):  # the page in it was just left
                pass
            assert time.monotonic() < end, self.in_frame("document.body.innerText")
            time.sleep(0.05)


def test_a_helpdesk_shows_the_page_of_one_customer_in_its_sidebar(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path)
    options = ("--tls-cert", str(certificate), "--tls-key", str(key), "--frame-from", HELPDESK)
    ruth = {"ruth": PersonRecord(name="Ruth Okafor", role="technician")}
    with (
        ServedDesk(tmp_path, ruth, {}, *options) as desk,
        Agent(desk, "--ignore-certificate-errors", LOCAL) as agent,
    ):
        agent.send("Fetch.enable", patterns=[{"urlPattern": "https://*.example.org/*"}])
        agent.visit(f"{HELPDESK}/ticket/1", 400)
        agent.until_in_frame("document.querySelector('#name')")
        agent.in_frame("document.querySelector('#name').focus()")
        agent.type("ruth")
        agent.press("Tab")
        agent.type(PASSWORD)
        agent.press("Enter")
        agent.until_in_frame("document.querySelector('#who')?.innerText == 'Nadia Osman'")
        assert agent.in_frame("document.documentElement.scrollWidth") <= 340

        agent.in_frame("document.querySelector('#answer-part_kind-1').click()")
        agent.until_in_frame("document.querySelector('.outcome.changed')")
        assert agent.in_frame("document.querySelector('#outcome').getBoundingClientRect().bottom") <= 850
        agent.in_frame(
            "document.querySelector('[data-key=\"2\"]').closest('form').querySelector('[data-blank]').focus()"
        )
        agent.type("84 USD")
        agent.press("Enter")
        agent.until_in_frame("document.querySelector('#live').textContent == 'Copied'")
        agent.in_frame("location.href = '/handouts?sheet=card&area=hold'")
        agent.until_in_frame("document.querySelector('iframe.sheet')")

        agent.visit(f"{HELPDESK}/ticket/2", 400, "dark")  # still signed in
        agent.until_in_frame("document.querySelector('#who')")
        assert agent.complaints == []
        agent.visit("https://other.example.org/", 400)
        assert ["frame-ancestors" in one for one in agent.complaints] == [True]
