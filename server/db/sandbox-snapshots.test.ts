// A sandbox goes back to a snapshot, as if nothing had happened since.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inSandbox } from "../testing/sandboxed.ts";
import { alwaysOpen } from "../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../testing/sequenced.ts";
import { rowCounts } from "../testing/wire.ts";
import { refused, type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld(await inSandbox(), async (opened) => {
  team = await opened.newTeam();
});

/** Calls are logged and engines beat whatever happens. */
async function counts() {
  const { access_log: _, engines: __, api_usage: ___, ...rest } = await rowCounts(world);
  return rest;
}

test("a snapshot brings back rows, time and what was still to come", async () => {
  const { api } = team;
  const mailbox = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
    .email_account;
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 2, wait_mode: "day" }],
  });
  const email = "ola@kunde.example";
  await api.joining.addContacts({
    id: sequence.id,
    contact_ids: [await newContact(team, { email })],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  await api.sandbox.advance({ days: 1 });
  const { snapshot } = await api.sandbox.takeSnapshot({ name: "after the first email" });
  assert.equal(snapshot.time, "2027-01-05T09:00:00.000Z");
  const before = await counts();
  const sent = async () => (await api.catcher.list({ to: email })).messages.map(({ at }) => at.slice(0, 16));
  for (let n = 0; n < 2; n++) {
    await api.sandbox.advance({ days: 10 });
    assert.deepEqual(await sent(), ["2027-01-06T09:00", "2027-01-04T09:00"]);
    const { clock } = await api.sandbox.restoreSnapshot({ id: snapshot.id });
    assert.deepEqual([clock.now, clock.state], ["2027-01-05T09:00:00.000Z", "stopped"]);
    assert.deepEqual(await counts(), before);
    assert.deepEqual(await sent(), ["2027-01-04T09:00"]);
  }
  assert.deepEqual(
    (await api.sandbox.snapshots()).snapshots.map(({ id, name }) => [id, name]),
    [[snapshot.id, "after the first email"]],
  );
  assert.deepEqual(await api.sandbox.deleteSnapshot({ id: snapshot.id }), { deleted: true });
  assert.equal((await refused(api.sandbox.restoreSnapshot({ id: snapshot.id }))).status, 404);
});

test("a reset leaves the key of the sandbox, and nothing else of what was done", async () => {
  const api = world.operator;
  await api.labels.create({ name: "To be gone", modality: "contacts" });
  await api.sandbox.advance({ days: 3 });
  const { clock } = await api.sandbox.reset();
  assert.equal(clock.now, "2027-01-04T09:00:00.000Z");
  const labels = await api.labels.list();
  assert.deepEqual(
    labels.filter(({ name }) => name === "To be gone"),
    [],
  );
  assert.equal((await refused(team.api.labels.list())).status, 401); // its team came later
  await api.labels.create({ name: "And on it goes", modality: "contacts" });
  assert.equal((await api.sandbox.advance({ hours: 1 })).is_done, true);
});
