"""Files in the shapes that the tools have them, with words of our own."""

from __future__ import annotations

import json
from typing import Any

#: As Zendesk's API lists macros.
ZENDESK = """\
{"macros":[{"url":"https://alder.zendesk.com/api/v2/macros/4101.json","id":4101,"title":"Returns::Back in the box","active":true,"updated_at":"2026-02-01T08:00:00Z","created_at":"2025-11-03T08:00:00Z","default":false,"position":1,"description":null,"actions":[{"field":"comment_value_html","value":"<p>Hello {{ticket.requester.first_name}},</p><p>put it back in the <b>box</b> and leave it with us:</p><ul><li>the box</li><li>the slip</li></ul><p>{{current_user.name}}</p>"},{"field":"status","value":"pending"}],"restriction":null,"raw_title":"Returns::Back in the box"},
{"url":"https://alder.zendesk.com/api/v2/macros/4102.json","id":4102,"title":"Ask for the number","active":true,"position":2,"actions":[{"field":"comment_value","value":["channel:all","Which number is on your slip? Your request is {{ticket.id}}, and {{dc.opening_hours}} are our hours."]}],"restriction":{"type":"Group","id":9}},
{"url":"https://alder.zendesk.com/api/v2/macros/4103.json","id":4103,"title":"Close and thank","active":true,"position":3,"actions":[{"field":"status","value":"solved"}],"restriction":null},
{"url":"https://alder.zendesk.com/api/v2/macros/4104.json","id":4104,"title":"Old greeting","active":false,"position":4,"actions":[{"field":"comment_value","value":"Good day"}],"restriction":null}],"next_page":null,"previous_page":null,"count":4}
"""  # noqa: E501 - one line a macro, as it comes
#: As Chatwoot's API lists canned responses.
CHATWOOT = """\
[
  {
    "id": 11,
    "account_id": 3,
    "short_code": "parcel_on_its_way",
    "content": "Hi {{contact.first_name}}, parcel {{conversation.custom_attribute.parcel_no}} left us today.\\n\\n{{agent.name}}",
    "created_at": "2026-01-05T09:00:00.000Z",
    "updated_at": "2026-01-05T09:00:00.000Z"
  },
  {
    "id": 12,
    "account_id": 3,
    "short_code": "which_plan",
    "content": "You are on {{contact.custom_attribute.plan}}, and {% if contact.email %}we write to you{% endif %}.",
    "created_at": "2026-01-06T09:00:00.000Z",
    "updated_at": "2026-01-06T09:00:00.000Z"
  }
]
"""  # noqa: E501
CHATWOOT_CSV = 'short_code,content\r\nhello,"Hi {{contact.name}},\r\nhow are you?"\r\nbye,See you soon\r\n'
#: What Zammad exports and imports.
ZAMMAD = """\
id,name,keywords,content,note,active
5,Slip is missing,"slip, missing","<div>Hello #{ticket.customer.firstname},</div><div>the slip of request #{ticket.number} is missing.</div>",for the counter,true
6,Signature,,#{user.fullname}<br>#{config.organization},,true
7,Old one,,never again,,false
"""  # noqa: E501
ESPANSO = """\
# Written by hand, with remarks.
global_vars:
  - name: shop
    type: echo
    params:
      echo: Alder Street

matches:
  # at the counter
  - trigger: ":slip"
    label: The slip is missing
    form: |
      Hello [[first_name]],
      the slip [[slip_no]] is missing.
    form_fields:
      first_name:
        default: "you"

  - triggers: [":shop", ":sh"]
    replace: "Welcome to {{shop}}."
    word: true
  - trigger: ":now"
    replace: "It is {{time}}."
    vars:
      - name: time
        type: date
        params: {format: "%H:%M"}
"""
FILES = {
    "zendesk": ("macros.json", ZENDESK),
    "chatwoot": ("canned.json", CHATWOOT),
    "chatwoot-csv": ("canned.csv", CHATWOOT_CSV),
    "zammad": ("modules.csv", ZAMMAD),
    "espanso": ("base.yml", ESPANSO),
}


def canned(number: int, text: str, code: str | None = None) -> dict[str, Any]:
    """A canned response of Chatwoot."""
    return {"id": number, "account_id": 3, "short_code": code or f"reply_{number}", "content": text}


def chatwoot_file(responses: list[dict[str, Any]]) -> str:
    """A file of canned responses on one line, as the API sends it."""
    return json.dumps(responses, separators=(",", ":"), ensure_ascii=False)
