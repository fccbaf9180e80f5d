// A file is promised something before it is imported: for unknown rows too, in their time zones, with their companies
// and scores. Compared with what the engine then does.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import { countOnce } from "../../../engine/upkeep/count-tables.ts";
import { followScoresOnce } from "../../../engine/upkeep/follow-scores.ts";
import { bringIn, csvOf, type ImportInput } from "../../../testing/imported.ts";
import { alwaysOpen, newSendingMailbox, openDaily, until } from "../../../testing/sending.ts";
import {
  MAIL_STEP,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
  type SequenceWish,
} from "../../../testing/sequenced.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { leaveFullHour, runVirtually, useVirtualWorld } from "../../../testing/virtual-engine.ts";
import { asOwner, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team } from "../../../testing/world.ts";

const { clock, witness, world } = useVirtualWorld();

type Terms = NonNullable<ImportInput["add_to_sequence"]>;
const joining = (id: string, mailboxes: string[]): Terms => ({
  id,
  send_email_from_email_account_id: mailboxes,
  sequence_unverified_email: true,
  sequence_same_company_in_same_campaign: true,
});

const open = async (team: Team, rest: SequenceWish = {}) =>
  newSequence(team, { emailer_schedule_id: await alwaysOpen(team), emailer_steps: [MAIL_STEP], ...rest });

/** Nine to five, wherever the reader is. */
function workingHours(team: Team) {
  return openDaily(team, [9, 17], {
    name: "Theirs",
    time_zone: "Europe/Oslo",
    use_contacts_time_zone: true,
  });
}

const whenTheyAre = (row: number) => ["Asia/Tokyo", "America/New_York", "Europe/Oslo"][row % 3];

test("what a file is promised is what the engine does with it, by zone, company and mailbox", async () => {
  leaveFullHour({ world, clock });
  const team = await world.newTeam();
  await team.api.teams.update({ max_emails_per_recipient_domain_per_day: 3 });
  const fast = await newSendingMailbox(team, witness, { email_daily_threshold: 12 });
  const slow = await newSendingMailbox(team, witness, { email_daily_threshold: 5 });
  const { id } = await open(team, { emailer_schedule_id: await workingHours(team) });
  const knows = await newContact(team, { email: "known@known.example", time_zone: "Asia/Tokyo" });
  const rows = Array.from({ length: 30 }, (_, n) => {
    const domain = n < 8 ? "bigco.example" : `firm${n}.example`;
    return `Ada,Lund ${n},ada${n}@${domain},${whenTheyAre(n)}`;
  });
  const text = [
    "First name,Last name,Email,Time zone",
    ...rows,
    "Kim,Known,known@known.example,",
    "No,Body,nowhere,",
  ].join("\n");
  const add_to_sequence = joining(id, [fast.id, slow.id]);
  const { promise } = await team.api.imports.promise({ text, add_to_sequence });
  const tried = await team.api.imports.create({ text, add_to_sequence }, { dryRun: true });
  assert.deepEqual([promise.people, tried.import.enrolled, promise.at_least], [31, 31, false]);
  const codes = new Set(promise.first_steps.map(({ code }) => code));
  assert.ok(codes.has("limit:mailbox_day") && codes.has("limit:domain_day"), [...codes].join());
  const hours = promise.first_steps.map(({ hour }) => new Date(hour).getUTCHours());
  assert.ok(
    hours.some((hour) => hour < 8) && hours.some((hour) => hour >= 13),
    "by day in Tokyo, and in New York",
  );
  assert.ok(!hours.some((hour) => hour >= 22), "when no office of theirs is open");
  const { found } = await bringIn(team, text, {
    add_to_sequence: { ...add_to_sequence, promise_id: promise.id },
  });
  assert.equal(found.enrolled, 31);
  while ((await followScoresOnce(world.running)) > 0);
  await runVirtually({ world, team, clock }, world.running.app.now().add({ hours: 24 * 14 }));
  const { promised } = await team.api.promises.show({ id, request_id: found.id });
  assert.ok(promised);
  assert.deepEqual([promised.people, promised.adds, promised.happened, promised.late], [31, 1, 31, 0]);
  assert.deepEqual([promised.waiting, promised.gone], [[], []]);
  // A mail within seconds of a full hour may be counted in the next or previous one.
  const moved = promised.hours.reduce((sum, hour) => sum + Math.abs(hour.promised - hour.happened), 0);
  assert.ok(moved <= 4, JSON.stringify(promised.hours));
  assert.ok(new Set(promised.hours.map(({ hour }) => hour.slice(0, 10))).size >= 2, "over several days");
  const theirs = (await team.api.contacts.get({ id: knows })).contact;
  assert.equal(theirs.contact_campaign_statuses.length, 1, "who was there already is in it too");
});

test("rows with a higher score begin before contacts who wait already, and others behind them", async () => {
  const team = await world.newTeam();
  const signals: shapes.Signal[] = [{ field: "title", operator: "has_any_of", value: ["CEO"], weight: 100 }];
  await team.api.scoreFormula.replace({ signals, out_of: 100, marks: [] });
  const box = await newSendingMailbox(team, witness, { email_daily_threshold: 5 });
  const { id } = await open(team, { priority_policy: "score" });
  await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, 10),
    send_email_from_email_account_id: [box.id],
  });
  const lastOf = async (title: string) => {
    const text = csvOf(5, title === "CEO" ? 100 : 200).replaceAll(",Buyer", `,${title}`);
    const { promise } = await team.api.imports.promise({ text, add_to_sequence: joining(id, [box.id]) });
    assert.equal(promise.people, 5);
    const from = world.running.app.now();
    return Temporal.Instant.from(promise.first_step_done_at ?? "")
      .since(from)
      .total("hours");
  };
  assert.ok((await lastOf("CEO")) < 1, "before the ten");
  assert.ok((await lastOf("Clerk")) > 40, "behind the ten, five a day");
});

test("a file's promise changes nothing but itself, and a dry run of it not even that", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team);
  const text = `${csvOf(25)}Ada,Own,ada@own.example,Buyer\n`;
  const mapping = { Title: "typed_custom_fields.new.string" };
  const wish = { text, mapping, label_names: ["Fair"], add_to_sequence: joining(id, [box]) };
  const before = await rowCounts(world);
  await team.api.imports.promise(wish, { dryRun: true });
  assert.deepEqual(await rowCounts(world), before);
  const { promise } = await team.api.imports.promise(wish);
  assert.equal(promise.people, 26);
  const now = await rowCounts(world);
  assert.equal((now.promises ?? 0) - (before.promises ?? 0), 1);
  assert.equal((now.events ?? 0) - (before.events ?? 0), 1, "which the history tells");
  assert.deepEqual({ ...now, promises: 0, events: 0 }, { ...before, promises: 0, events: 0 });
});

test("of a longer file the first 5,000 rows are promised, and only they are held against it", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team);
  const text = csvOf(5_010);
  const add_to_sequence = joining(id, [box]);
  const patient = world.client({ apiKey: team.key, timeoutMs: 120_000 }); // so many are a while's work for a busy machine
  const { promise } = await patient.imports.promise({ text, add_to_sequence });
  assert.deepEqual([promise.people, promise.at_least], [5_000, true]);
  // Else every row would be looked for among all the others, by plans for an empty table.
  assert.ok((await countedIn("contacts")) >= 1_000 && (await countedIn("enrollments")) >= 1_000);
  const { found } = await whileCounting(
    bringIn(team, text, { add_to_sequence: { ...add_to_sequence, promise_id: promise.id } }),
  );
  assert.equal(found.enrolled, 5_010);
  // Counted anew for what is there, and not for what was taken back.
  await until(async () => (await countOnce(world.running)) === 0 && (await countedIn("enrollments")) > 1_000);
  const { promised } = await patient.promises.show({ id, request_id: found.id });
  assert.deepEqual([promised?.people, promised?.adds, promised?.happened], [5_000, 1, 0]);
});

/** As the engine does beside all else. */
async function whileCounting<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  const ended = work.finally(() => {
    isOver = true;
  });
  await Promise.all([ended, until(async () => (await countOnce(world.running)) === 0 && isOver)]);
  return ended;
}

/** How many rows the database takes a table to have. */
async function countedIn(table: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query("select reltuples from pg_class where oid = $1::regclass", [table]);
    return rows[0].reltuples as number;
  });
}

test("a file's promise is one import's, of its sequence, and one's own; what cannot join is promised nothing", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const [one, other] = [await open(team), await open(team)];
  const add_to_sequence = joining(one.id, [box]);
  const text = csvOf(2);
  const { promise } = await team.api.imports.promise({ text, add_to_sequence });
  const promise_id = promise.id;
  const bring = (terms: Terms) =>
    team.api.imports.create({ text, add_to_sequence: { ...terms, promise_id } });
  const codeOf = async (call: Promise<unknown>) => (await refused(call)).code;
  assert.equal(await codeOf(bring(joining(other.id, [box]))), "promise_not_found");
  assert.equal((await team.api.imports.list()).pagination.total_entries, 0, "and nothing of it is begun");
  await bring(add_to_sequence);
  assert.equal(await codeOf(bring(add_to_sequence)), "promise_not_found", "it was taken");
  const companies = { text: "Name\nKraft\n", kind: "accounts", add_to_sequence };
  assert.equal((await refused(team.api.imports.promise(unchecked(companies)))).status, 422);
  assert.equal(await codeOf(team.api.imports.promise({ add_to_sequence })), "import_file_missing");
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.imports.promise({ text, add_to_sequence }))).status, 404);
});
