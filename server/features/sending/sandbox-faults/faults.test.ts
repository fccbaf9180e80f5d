// What goes wrong in a sandbox, as a program and an engine meet it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inSandbox } from "../../../testing/sandboxed.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  team = await opened.newTeam();
});

test("a call is refused as often as was said, and has no effect", async () => {
  const { api } = team;
  await api.sandbox.setFaults({
    faults: [
      { on: "api", path: "/labels", method: "POST", status: 429, times: 2 },
      { on: "api", path: "/labels", method: "POST", status: 503, times: 1 },
    ],
  });
  const create = () => api.labels.create({ name: "Faulty", modality: "contacts" });
  const statuses: number[] = [];
  for (let n = 0; n < 3; n++) statuses.push((await refused(create())).status);
  assert.deepEqual(statuses, [429, 429, 503]);
  assert.equal((await api.labels.list()).filter(({ name }) => name === "Faulty").length, 0);
  await create();
  const { faults } = await api.sandbox.faults();
  assert.deepEqual(
    faults.map(({ times }) => times),
    [0, 0],
  );
});

test("an answer that is lost leaves its effect, and the same key has no second one", async () => {
  const { api } = team;
  await api.sandbox.setFaults({ faults: [{ on: "api", path: "/labels", lost: true, times: 1 }] });
  const ask = { idempotencyKey: "once and for all" };
  const create = () => api.labels.create({ name: "Lost", modality: "contacts" }, ask);
  await assert.rejects(create());
  await create();
  await api.sandbox.setFaults({ faults: [] });
  assert.equal((await api.labels.list()).filter(({ name }) => name === "Lost").length, 1);
});

test("another team is spared, and so are the calls that take faults back", async () => {
  const other = await world.newTeam();
  await team.api.sandbox.setFaults({ faults: [{ on: "api", path: "/", status: 500 }] });
  assert.equal((await refused(team.api.labels.list())).status, 500);
  await other.api.labels.list();
  assert.equal((await team.api.sandbox.faults()).faults.length, 1);
  await team.api.sandbox.setFaults({ faults: [] });
  await team.api.labels.list();
});

test("a mail server that says later gets the email later, and one that refuses an address hears of it no more", async () => {
  const { api } = team;
  const mailbox = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
    .email_account;
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP],
  });
  await api.sandbox.setFaults({
    faults: [
      { on: "smtp", at: "rcpt", to: "gone.example", reply: "550 5.1.1 no such user" },
      { on: "smtp", at: "data", reply: "451 4.7.1 later", times: 2 },
    ],
  });
  const later = await newContact(team, { email: "ola@kunde.example" });
  const gone = await newContact(team, { email: "ines@gone.example" });
  await api.joining.addContacts({
    id: sequence.id,
    contact_ids: [later, gone],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  const { happened } = await api.sandbox.advance({ days: 3 });
  const counts = Object.fromEntries(happened.map(({ type, count }) => [type, count]));
  assert.equal(counts["message.sent"], 1);
  const { messages } = await api.catcher.list();
  assert.deepEqual(
    messages.map(({ to }) => to),
    ["ola@kunde.example"],
  );
  assert.ok((messages[0]?.at ?? "") > "2027-01-04T09:00:00.000Z", "it went out later than it was due");
  const { contact_campaign_statuses } = await api.enrollments.search({ emailer_campaign_ids: [sequence.id] });
  assert.equal(contact_campaign_statuses.find(({ contact_id }) => contact_id === gone)?.status, "failed");
});

test("a reply that accepts the email is refused", async () => {
  const wrong = team.api.sandbox.setFaults({ faults: [{ on: "smtp", at: "data", reply: "250 fine" }] });
  assert.equal((await refused(wrong)).code, "parameter_invalid");
});
