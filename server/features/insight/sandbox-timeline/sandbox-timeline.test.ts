import assert from "node:assert/strict";
import { test } from "node:test";
import { inSandbox } from "../../../testing/sandboxed.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const LATER = { ...MAIL_STEP, wait_time: 2, wait_mode: "day" as const };
let team: Team;
let other: Team;
useWorld(await inSandbox(), async (world) => {
  team = await world.newTeam();
  other = await world.newTeam();
  const { email_account: mailbox } = await team.api.emailAccounts.create({
    email: "me@sender.example",
    type: "catcher",
    seconds_delay_between_emails: null,
  });
  const { id } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP, LATER],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, 3),
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  await team.api.sandbox.advance({ days: 5 });
});

const sentOn = ({ days }: Awaited<ReturnType<Team["api"]["sandbox"]["timeline"]>>) =>
  days.flatMap(({ date, happened }) =>
    happened.flatMap(({ type, count }) => (type === "message.sent" ? [[date, count]] : [])),
  );

test("each day has its counts, on the clock of the zone that is asked for", async () => {
  const { sandbox } = team.api;
  assert.deepEqual(sentOn(await sandbox.timeline()), [
    ["2027-01-04", 3],
    ["2027-01-06", 3],
  ]);
  const there = await sandbox.timeline({ time_zone: "Pacific/Kiritimati" });
  const told = there.events.map(({ at, event, sentence }) => `${at} ${event}: ${sentence}`).join("\n");
  assert.deepEqual(
    sentOn(there),
    [
      ["2027-01-04", 3], // 9:00 in London is 23:00 there
      ["2027-01-06", 3],
    ],
    told,
  );
  const far = await sandbox.timeline({
    time_zone: "Pacific/Kiritimati",
    from: "2027-01-06",
    until: "2027-01-06",
  });
  assert.deepEqual([far.days.map(({ date }) => date), sentOn(far)], [["2027-01-06"], [["2027-01-06", 3]]]);
});

test("events come newest first, page by page, without those about access and other teams", async () => {
  const types = ["message.sent"];
  const first = await team.api.sandbox.timeline({ types, per_page: 4 });
  assert.match(first.events[0]?.sentence ?? "", /email/i);
  assert.ok(first.events.every(({ event, contact }) => event === "message.sent" && contact?.name));
  const rest = await team.api.sandbox.timeline({ types, per_page: 4, before: first.next_before ?? "" });
  const times = [...first.events, ...rest.events].map(({ at }) => at);
  assert.deepEqual([times.length, rest.next_before, times], [6, null, times.toSorted().reverse()]);
  const read: string[] = [];
  for await (const { id } of team.api.sandbox.timeline.each({ types, per_page: 4 })) read.push(id);
  assert.deepEqual(
    read,
    [...first.events, ...rest.events].map(({ id }) => id),
  );
  const { events, days } = await team.api.sandbox.timeline({ per_page: 100 });
  const access = ["user", "session", "api_key", "team"];
  assert.deepEqual(
    events.filter(({ event }) => access.includes(event.split(".")[0] ?? "")),
    [],
  );
  const counted = days.flatMap(({ happened }) => happened).reduce((sum, { count }) => sum + count, 0);
  assert.equal(counted, events.length);
  assert.deepEqual(sentOn(await other.api.sandbox.timeline()), []);
});

test("a place that is no place is refused", async () => {
  assert.equal((await refused(team.api.sandbox.timeline({ before: "nowhere" }))).code, "invalid_cursor");
});
