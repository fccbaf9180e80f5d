// Your integration against a sandbox, with node:test. Run it with `node --test`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSandbox } from "@cadenza/sandbox";

let box;
before(async () => {
  box = await startSandbox({ at: "2027-01-04T09:00:00Z" });
});
after(() => box.stop());

/** Stands for the program that you test: it enrolls a contact by the calls of Apollo's API. */
async function enroll(email) {
  const { email_account } = await box.call("POST", "/email_accounts", {
    email: "me@sender.example",
    type: "catcher",
  });
  const mail = (number, days) => ({
    type: "auto_email",
    wait_time: days,
    wait_mode: "day",
    emailer_touches: [
      {
        status: "approved",
        emailer_template: { subject: `Mail ${number}`, body_html: "<p>Hello {{first_name}}</p>" },
      },
    ],
  });
  const { emailer_campaign } = await box.call("POST", "/emailer_campaigns", {
    name: "Follow up",
    active: true,
    emailer_steps: [mail(1, 0), mail(2, 3), mail(3, 3)],
  });
  const { contact } = await box.call("POST", "/contacts", { first_name: "Ines", email });
  await box.call("POST", `/emailer_campaigns/${emailer_campaign.id}/add_contact_ids`, {
    contact_ids: [contact.id],
    emailer_campaign_id: emailer_campaign.id,
    send_email_from_email_account_id: email_account.id,
  });
}

test("a contact who answers the second email gets no third", async () => {
  await box.prospects([{ match: { step: 2 }, does: "reply", after: "PT3H", text: "Yes, call me." }]);
  await enroll("ines@kunde.example");
  const { happened } = await box.advance({ days: 21 });
  assert.equal(happened["message.sent"], 2);
  assert.equal(happened["message.replied"], 1);
  const mails = await box.mails("ines@kunde.example");
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ["Mail 1", "Mail 2"],
  );
});
