// A contact who is active in another sequence can wait for it, and begins when it is done: also when both happen at
// once.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { resumePaused } from "../../../engine/planning/resume-paused.ts";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import {
  type JoiningWish,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
} from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let mailbox: string;
// No clock runs but the one the tests wind up.
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
});

type Answer = Extract<Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>, { contacts: unknown }>;

async function add(id: string, contact_ids: readonly string[], rest: Partial<JoiningWish> = {}) {
  const wish = { id, contact_ids: [...contact_ids], send_email_from_email_account_id: [mailbox], ...rest };
  return (await team.api.joining.addContacts(wish)) as Answer;
}

const WAIT = { wait_for_other_campaigns: true };

function finish(
  id: string,
  contact_ids: readonly string[],
  mode: Input<"enrollments", "removeOrStop">["mode"] = "mark_as_finished",
) {
  const wish = { emailer_campaign_ids: [id], contact_ids: [...contact_ids], mode };
  return team.api.enrollments.removeOrStop(wish);
}

async function everything() {
  while ((await resumePaused({ app: world.running.app })) > 0);
}

async function standing(sequenceId: string, contactId: string) {
  const { contact } = await team.api.contacts.get({ id: contactId });
  const row = contact.contact_campaign_statuses.find((one) => one.emailer_campaign_id === sequenceId);
  return [row?.status, row?.inactive_reason];
}

const WAITING = ["paused", "in another sequence"];
const ACTIVE = ["active", null];

test("who is busy elsewhere joins paused and begins when that is over; everybody else begins at once", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const [busy = "", free = ""] = await newContacts(team, 2);
  await add(first.id, [busy]);
  const plain = await add(second.id, [busy]);
  assert.equal(plain.skipped_contact_ids[busy], "contacts_active_in_other_campaigns");

  const answer = await add(second.id, [busy, free], WAIT);
  assert.deepEqual(answer.skipped_contact_ids, {});
  const told = new Map(answer.enrollments.map((one) => [one.contact_id, one]));
  assert.deepEqual([told.get(busy)?.status, told.get(busy)?.first_step_due_at], ["paused", null]);
  assert.equal(told.get(free)?.status, "active");
  assert.ok(told.get(free)?.first_step_due_at);
  await everything();
  assert.deepEqual([await standing(second.id, busy), await standing(second.id, free)], [WAITING, ACTIVE]);
  const { explain } = await team.api.explain.enrollment({ id: told.get(busy)?.id ?? "" });
  assert.match(JSON.stringify(explain.held_by), /after finishing another sequence/);

  await finish(first.id, [busy]);
  await everything();
  assert.deepEqual(await standing(second.id, busy), ACTIVE);
});

test("they wait for each of several sequences, and pausing them in one does not free them", async () => {
  const [first, second, third] = [await newSequence(team), await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  await add(second.id, [contact], { sequence_active_in_other_campaigns: true });
  await add(third.id, [contact], WAIT);
  await finish(first.id, [contact], "remove");
  await everything();
  assert.deepEqual(await standing(third.id, contact), WAITING);
  await team.api.enrollments.pause({ id: second.id, contact_ids: [contact] });
  await everything();
  assert.deepEqual(await standing(third.id, contact), WAITING);
  await finish(second.id, [contact], "stop");
  await everything();
  assert.deepEqual(await standing(third.id, contact), ACTIVE);
});

test("of two that wait for the same one the first goes first, and the second waits for it then", async () => {
  const [first, second, third] = [await newSequence(team), await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  await add(second.id, [contact], WAIT);
  await add(third.id, [contact], WAIT);
  await finish(first.id, [contact]);
  await everything();
  assert.deepEqual(
    [await standing(second.id, contact), await standing(third.id, contact)],
    [ACTIVE, WAITING],
  );
  await finish(second.id, [contact]);
  await everything();
  assert.deepEqual(await standing(third.id, contact), ACTIVE);
});

test("a sequence that is switched off or archived keeps no contact waiting", async () => {
  const switchedOff = await newSequence(team);
  const putAway = await newSequence(team);
  const target = await newSequence(team);
  const [one = "", two = "", pausedThere = ""] = await newContacts(team, 3);
  await add(switchedOff.id, [one, pausedThere]);
  await team.api.enrollments.pause({ id: switchedOff.id, contact_ids: [pausedThere] });
  await add(putAway.id, [two]);
  await add(target.id, [one, two, pausedThere], WAIT);
  await team.api.sequences.abort({ id: switchedOff.id });
  await team.api.sequences.archive({ id: putAway.id });
  await everything();
  assert.deepEqual([await standing(target.id, one), await standing(target.id, two)], [ACTIVE, ACTIVE]);
  // Nothing changed for contacts who were already paused there: the sweep finds them.
  await sweep(world.running.app);
  await everything();
  assert.deepEqual(await standing(target.id, pausedThere), ACTIVE);
});

test("a start that is put off counts too: whichever is later", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const [early = "", late = ""] = await newContacts(team, 2);
  await add(first.id, [early, late]);
  const inHours = (hours: number) => world.running.app.now().add({ hours }).toString();
  await add(second.id, [early, late], { ...WAIT, status: "paused", auto_unpause_at: inHours(2) });
  await finish(first.id, [early]);
  await everything();
  assert.deepEqual(await standing(second.id, early), WAITING, "not before the date");
  world.advance({ hours: 3 });
  await everything();
  assert.deepEqual([await standing(second.id, early), await standing(second.id, late)], [ACTIVE, WAITING]);
  await finish(first.id, [late]);
  await everything();
  assert.deepEqual(await standing(second.id, late), ACTIVE);
});

test("a contact who is added as paused stays paused until a user resumes them", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  await add(second.id, [contact], { ...WAIT, status: "paused" });
  await finish(first.id, [contact]);
  await everything();
  assert.deepEqual(await standing(second.id, contact), ["paused", "manually paused"]);
});

test("in a sequence that is off they go on waiting for it, once nothing else keeps them", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  await add(second.id, [contact], WAIT);
  await team.api.sequences.abort({ id: second.id });
  await finish(first.id, [contact]);
  await everything();
  assert.deepEqual(await standing(second.id, contact), ["paused", "Sequence inactive"]);
  await team.api.sequences.approve({ id: second.id });
  assert.deepEqual(await standing(second.id, contact), ACTIVE);
});

test("a contact who unsubscribes while waiting never begins", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  await add(second.id, [contact], WAIT);
  await team.api.contacts.update({ id: contact, email_unsubscribed: true });
  await everything();
  assert.equal((await standing(second.id, contact))[0], "finished");
});

test("finished there and added here at the same moment, every contact begins", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const contacts = await newContacts(team, 40);
  await add(first.id, contacts);
  await Promise.all(
    contacts.flatMap((id, n) => {
      const both = [
        () => add(second.id, [id], { ...WAIT, sequence_finished_in_other_campaigns: true }),
        () => finish(first.id, [id]),
      ];
      return (n % 2 === 0 ? both : both.reverse()).map((work) => work());
    }),
  );
  await everything();
  const { rows } = await asOwner(world, (client) =>
    client.query("select state, count(*)::int as n from enrollments where sequence_id = $1 group by 1", [
      second.id,
    ]),
  );
  assert.deepEqual(rows, [{ state: "active", n: 40 }]);
});

test("a dry run says which contacts would wait, and leaves none waiting", async () => {
  const [first, second] = [await newSequence(team), await newSequence(team)];
  const contact = await newContact(team);
  await add(first.id, [contact]);
  const wish = {
    id: second.id,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
    ...WAIT,
  };
  const answer = (await team.api.joining.addContacts(wish, { dryRun: true })) as Answer;
  assert.deepEqual(
    answer.enrollments.map(({ status }) => status),
    ["paused"],
  );
  assert.deepEqual(await standing(second.id, contact), [undefined, undefined]);
});
