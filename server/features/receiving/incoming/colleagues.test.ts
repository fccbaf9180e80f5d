// Whose reply holds back colleagues: every contact who replied, whatever their enrollment did next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrival, type Mailed, mailed, replyTo } from "../../../testing/incoming.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { takeIn } from "./commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const STOPS = { same_account_reply_policy_cd: "mark_not_sent" } as const;
const QUESTION = "Hi Ole, what does it cost?\r\n";

/** With their company recorded, as for every enrolled contact. */
async function mailedOf(rest: Parameters<typeof mailed>[2] = {}) {
  const one = await mailed(world, team, rest);
  await sql(
    "update enrollments e set company_key = c.company_key from contacts c where c.id = e.contact_id and e.id = $1",
    one.enrollmentId,
  );
  return one;
}

function sql(text: string, id: string) {
  return asOwner(world, (client) => client.query(text, [id]));
}

async function answers(one: Mailed, text: string, headers: readonly string[] = []) {
  const raw = replyTo(one, text, headers);
  const readsFrom = world.running.app.now();
  const folder = { role: "inbox" as const, path: "INBOX", uidValidity: 1, lastUid: 1, readsFrom };
  const [row] = await takeIn(world.running.app, { teamId: team.id, mailboxId: one.mailboxId, folder }, [
    await arrival(world, raw),
  ]);
  return row?.id ?? "";
}

/** Another contact of the same company, in this sequence unless another is given. */
async function colleagueOf({ email, sequenceId, mailboxId }: Mailed, id = sequenceId) {
  const contactId = await newContact(team, { email: `else${email}` });
  const added = await team.api.joining.addContacts({
    id,
    contact_ids: [contactId],
    send_email_from_email_account_id: [mailboxId],
    sequence_same_company_in_same_campaign: true,
    sequence_unverified_email: true,
  });
  assert.ok("enrollments" in added);
  return { id: added.enrollments[0]?.id ?? "", warnings: added.warnings.map(({ code }) => code) };
}

async function heldBy(enrollmentId: string) {
  const { explain } = await team.api.explain.enrollment({ id: enrollmentId });
  return explain.held_by.map(({ code }) => code).filter((code) => code.includes("same_account"));
}

const HELD = ["same_account_reply"];

test("the reply of a finished contact holds back colleagues, and so does that of a contact who stays active", async () => {
  const through = { state: "finished", inactive_reason: "Completed last step", due_at: null };
  const endless = { ...STOPS, mark_finished_if_reply: false };
  for (const [sequence, enrollment] of [
    [STOPS, through],
    [endless, {}],
  ] as const) {
    const one = await mailedOf({ sequence, enrollment });
    const { id } = await colleagueOf(one);
    assert.deepEqual(await heldBy(id), []);
    await answers(one, QUESTION);
    assert.deepEqual(await heldBy(id), HELD);
    assert.deepEqual((await colleagueOf({ ...one, email: `late${one.email}` })).warnings, HELD);
  }
});

test("an out-of-office reply holds back no colleague, and a reply that a user corrects to an auto-reply releases them", async () => {
  const one = await mailedOf({ sequence: STOPS });
  const { id } = await colleagueOf(one);
  await answers(one, "I am out of the office until further notice.", ["Auto-Submitted: auto-replied"]);
  assert.deepEqual(await heldBy(id), []);
  const incomingId = await answers(one, QUESTION);
  assert.deepEqual(await heldBy(id), HELD);
  await team.api.incomingMails.overrule({ id: incomingId, kind: "auto_reply" });
  assert.deepEqual(await heldBy(id), []);
});

test("that the others are the right ones to ask is said with it", async () => {
  const one = await mailedOf({ sequence: STOPS });
  const { id } = await colleagueOf(one);
  await answers(one, "I am not the right person for this.");
  const { explain } = await team.api.explain.enrollment({ id });
  assert.match(explain.sentence, /A colleague replied on .*and is not the right person\./);
  const [hold] = explain.held_by;
  assert.equal(hold?.evidence.reply_class, "already_left_company_or_not_right_person");
});

test("an answer to another sequence counts where the rules say so, for as many days as one delays", async () => {
  const one = await mailedOf();
  const everywhere = {
    ...STOPS,
    same_account_reply_scope: "all_sequences" as const,
    same_account_reply_delay_days: 3,
  };
  const [wide, narrow] = [await newSequence(team, everywhere), await newSequence(team, STOPS)];
  const { effective_rules } = await team.api.sequences.show({ id: narrow.id });
  assert.deepEqual(effective_rules.same_account_reply_scope, { value: "sequence", origin: "built_in" });
  const [held, free] = [await colleagueOf(one, wide.id), await colleagueOf(one, narrow.id)];
  await answers(one, QUESTION);
  assert.deepEqual([await heldBy(held.id), await heldBy(free.id)], [HELD, []]);
  assert.match(
    (await team.api.explain.enrollment({ id: held.id })).explain.sentence,
    /to another sequence on/,
  );
  const late = await colleagueOf({ ...one, email: `late${one.email}` }, wide.id);
  assert.deepEqual([late.warnings, await heldBy(late.id)], [HELD, HELD]);

  await asOwner(world, (client) =>
    client.query("update messages set replied_at = replied_at - interval '4 days' where id = $1", [
      one.messageId,
    ]),
  );
  const later = await colleagueOf({ ...one, email: `later${one.email}` }, wide.id);
  assert.deepEqual([later.warnings, await heldBy(later.id)], [[], []]);
});

test("a ruleset says for all its sequences where answers count", async () => {
  const one = await mailedOf();
  const { sequence_ruleset } = await team.api.rulesets.create({
    name: "Careful everywhere",
    same_account_reply_policy_cd: "delay",
    same_account_reply_scope: "all_sequences" as const,
  });
  const { id } = await newSequence(team, { sequence_ruleset_id: sequence_ruleset.id });
  const colleague = await colleagueOf(one, id);
  await answers(one, QUESTION);
  assert.deepEqual(await heldBy(colleague.id), ["delayed:same_account_reply"]);
});
