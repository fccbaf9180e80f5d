import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function lively() {
  const { id, name } = await newSequence(team);
  const mailbox = await newMailbox(team);
  const contacts = await newContacts(team, 3);
  await team.api.joining.addContacts({
    id,
    contact_ids: contacts,
    send_email_from_email_account_id: [mailbox.id],
  });
  await team.api.enrollments.pause({ id, contact_ids: contacts.slice(0, 1) });
  await team.api.sequences.abort({ id });
  return { id, name, contacts };
}

test("what happened in a sequence, and to it, is told newest first with who did it", async () => {
  const { id, name, contacts } = await lively();
  const { events, next_before } = await team.api.sequences.activity({ id });
  assert.equal(next_before, null);
  const types = events.map(({ event }) => event);
  assert.ok(types.includes("sequence.aborted"), types.join(" "));
  assert.equal(types.filter((type) => type === "enrollment.added").length, 3);
  const paused = events.filter(
    ({ event, contact }) => event === "enrollment.paused" && contact?.id === contacts[0],
  );
  assert.match(
    paused.at(-1)?.sentence ?? "",
    new RegExp(`^Ole Dahl paused Person\\d+ in ${name}: a teammate paused the contact$`),
  );
  assert.deepEqual(
    [...events].sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ at }) => at),
    events.map(({ at }) => at),
  );
});

test("an edit is told with what it changed, in the activity and in the history of Why", async () => {
  const { id, name, steps } = await newSequence(team);
  await team.api.sequences.update({ id, name: "Pumps", max_emails_per_day: 40 });
  await team.api.steps.update({ id: steps[0] ?? "", max_emails_per_day: 5 });
  const edits = (lines: readonly { event: string; sentence: string }[]) =>
    lines
      .filter(({ event }) => event === "sequence.changed")
      .map(({ sentence }) => sentence)
      .slice(0, 2);
  const expected = [
    "Ole Dahl changed the sequence Pumps: step 1: daily email limit empty → 5",
    `Ole Dahl changed the sequence Pumps: name “${name}” → “Pumps”; daily email limit empty → 40`,
  ];
  assert.deepEqual(edits((await team.api.sequences.activity({ id })).events), expected);
  assert.deepEqual(edits((await team.api.explain.sequence({ id })).explain.history), expected);
});

test("a request for a forecast of an add is not listed in the sequence's activity, unless asked for", async () => {
  const { id } = await newSequence(team);
  const mailbox = await newMailbox(team);
  const contact_ids = await newContacts(team, 1);
  await team.api.promises.create({ id, contact_ids, send_email_from_email_account_id: [mailbox.id] });
  const typesOf = async (rest: Partial<Input<"sequences", "activity">>) =>
    (await team.api.sequences.activity({ id, ...rest })).events.map(({ event }) => event);
  assert.ok(!(await typesOf({})).includes("promise.made"));
  assert.deepEqual(await typesOf({ types: ["promise.*"] }), ["promise.made"]);
});

test("it is narrowed by kind, by contact and by who did it", async () => {
  const { id, contacts } = await lively();
  const contact_id = contacts[0] ?? "";
  const only = async (rest: Partial<Input<"sequences", "activity">>) =>
    (await team.api.sequences.activity({ id, ...rest })).events;
  assert.deepEqual(
    [...new Set((await only({ types: ["sequence.*"] })).map(({ event }) => event.split(".")[0]))],
    ["sequence"],
  );
  assert.ok((await only({ contact_id })).every(({ contact }) => contact?.id === contact_id));
  assert.equal((await only({ types: ["enrollment.added"], contact_id })).length, 1);
  assert.equal((await only({ user_id: team.owner.id })).length > 3, true);
  const { user } = await team.api.users.invite({ email: "idle@example.no" });
  assert.deepEqual(await only({ user_id: user.id }), []);
});

test("it is read on from where the last page ended, without a gap", async () => {
  const { id } = await lively();
  const { events: all } = await team.api.sequences.activity({ id });
  const read: string[] = [];
  let before: string | undefined;
  do {
    const page = await team.api.sequences.activity({ id, per_page: 2, ...(before && { before }) });
    read.push(...page.events.map((event) => event.id));
    before = page.next_before ?? undefined;
  } while (before);
  assert.deepEqual(
    read,
    all.map((event) => event.id),
  );
  assert.equal(
    (await refused(team.api.sequences.activity({ id, before: "nonsense" }))).code,
    "invalid_cursor",
  );
});

test("a sequence of strangers has no activity to read", async () => {
  const { id } = await lively();
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.sequences.activity({ id }))).status, 404);
});
