// Two sandboxes and a real installation beside each other: each has its own time, emails and credits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../testing/loopback.ts";
import { inSandbox, SANDBOX_BEGINS } from "../../testing/sandboxed.ts";
import { alwaysOpen, newSendingMailbox, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { type Team, useWorld, type World } from "../../testing/world.ts";

/** The one mail server to which all three would send, if they could. */
const outside = useWitness();
const LATER = { ...MAIL_STEP, wait_time: 3, wait_mode: "day" as const };
const one = useWorld(await inSandbox());
const other = useWorld(await inSandbox());
const real = useWorld({ engineLoops: 4, mailAllow: LOOPBACK });

/** The same contact in each, and the same mail server behind the mailbox. */
async function enrolled(world: World) {
  const team = await world.newTeam();
  const mailbox = await newSendingMailbox(team, outside);
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, LATER],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: [await newContact(team, { email: "ines@kunde.example" })],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  return team;
}

const caughtBy = async ({ api }: Team) => (await api.catcher.list({ to: "ines@kunde.example" })).messages;
const timeOf = async ({ api }: Team) => (await api.sandbox.clock()).clock.now;
const creditsOf = ({ api }: Team) => api.credits.allowances();

test("one sandbox goes on by ten days, and nothing of that is seen in the other or by a real team", async () => {
  const [mine, theirs, actual] = [await enrolled(one), await enrolled(other), await enrolled(real)];
  await outside.waitFor(1); // of the real team
  const before = [await creditsOf(theirs), await creditsOf(actual)];
  await mine.api.credits.allow({ kind: "lead_credit", limit: 3 });
  await mine.api.sandbox.setProspects({ prospects: [{ match: { step: 2 }, does: "reply", after: "PT1H" }] });
  await mine.api.sandbox.advance({ days: 10 });
  assert.equal(await timeOf(mine), "2027-01-14T09:00:00.000Z");
  assert.equal(
    await timeOf(theirs),
    Temporal.Instant.from(SANDBOX_BEGINS).toString({ smallestUnit: "millisecond" }),
  );
  assert.ok(real.running.app.now().epochMilliseconds < Date.parse(SANDBOX_BEGINS));
  assert.equal((await caughtBy(mine)).length, 2);
  assert.ok((await caughtBy(theirs)).every(({ at }) => at === SANDBOX_BEGINS.replace("Z", ".000Z")));
  assert.equal((await theirs.api.incomingMails.list()).incoming_mails.length, 0);
  assert.equal((await actual.api.incomingMails.list()).incoming_mails.length, 0);
  assert.deepEqual([await creditsOf(theirs), await creditsOf(actual)], before);
  assert.equal(outside.lines().length, 1, "the sandboxes sent nothing to a server outside");
});
