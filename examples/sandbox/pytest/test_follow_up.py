"""Your integration against a sandbox, with pytest and nothing else. Run it with `python3 -m pytest pytest`."""

import json
import os
import subprocess
import urllib.request

import pytest


class Sandbox:
    def __init__(self, at):
        program = os.environ.get("CADENZA_PROGRAM", "cadenza")
        self.process = subprocess.Popen(
            [program, "sandbox", "--json", "--end-with-input", "--at", at],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.__dict__.update(json.loads(self.process.stdout.readline()))

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"X-Api-Key": self.api_key, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


@pytest.fixture
def box():
    sandbox = Sandbox(at="2027-01-04T09:00:00Z")
    yield sandbox
    sandbox.stop()


def mail(number, days):
    template = {"subject": f"Mail {number}", "body_html": "<p>Hello {{first_name}}</p>"}
    return {
        "type": "auto_email",
        "wait_time": days,
        "wait_mode": "day",
        "emailer_touches": [{"status": "approved", "emailer_template": template}],
    }


def test_a_contact_who_unsubscribes_gets_no_second_email(box):
    box.call("PUT", "/sandbox/prospects", {"prospects": [{"does": "one_click", "after": "PT2H"}]})
    mailbox = box.call("POST", "/email_accounts", {"email": "me@sender.example", "type": "catcher"})["email_account"]
    sequence = box.call(
        "POST",
        "/emailer_campaigns",
        {"name": "Follow up", "active": True, "emailer_steps": [mail(1, 0), mail(2, 3)]},
    )["emailer_campaign"]
    contact = box.call("POST", "/contacts", {"first_name": "Ines", "email": "ines@kunde.example"})["contact"]
    box.call(
        "POST",
        f"/emailer_campaigns/{sequence['id']}/add_contact_ids",
        {
            "contact_ids": [contact["id"]],
            "emailer_campaign_id": sequence["id"],
            "send_email_from_email_account_id": mailbox["id"],
        },
    )
    advanced = box.call("POST", "/sandbox/clock/advance", {"days": 21})
    counts = {one["type"]: one["count"] for one in advanced["happened"]}
    assert advanced["is_done"]
    assert counts["message.sent"] == 1
    assert counts["contact.unsubscribed"] == 1
