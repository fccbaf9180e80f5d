// Adding all whom a search finds, and what was added, request by request.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const ALWAYS = Object.fromEntries(
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [
    day,
    [[0, 24]],
  ]),
);

async function openSequence() {
  const { emailer_schedule: schedule } = await team.api.schedules.create({
    name: `Always ${Math.random()}`,
    schedule_hash: ALWAYS,
    skip_holidays: false,
  });
  return newSequence(team, { emailer_schedule_id: schedule.id });
}

test("all whom a search finds are added, beside those who are named, each once", async () => {
  const { id } = await openSequence();
  const mailbox = await newMailbox(team);
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages[1]?.id ?? "";
  const found = await newContacts(team, 3, { contact_stage_id: stage });
  const other = await newContact(team);
  const answer = await team.api.joining.addContacts({
    id,
    contact_ids: [other, found[0] ?? ""],
    contact_filter: { contact_stage_ids: [stage] },
    send_email_from_email_account_id: [mailbox.id],
  });
  assert.ok("enrollments" in answer);
  assert.deepEqual(answer.enrollments.map(({ contact_id }) => contact_id).sort(), [other, ...found].sort());
});

test("a search that finds no contact adds none, and another team's search finds none of theirs", async () => {
  const { id } = await openSequence();
  const mailbox = await newMailbox(team);
  const stranger = await world.newTeam();
  const theirs = await newContact(stranger);
  const wish = {
    id,
    contact_filter: { contact_ids: [theirs] },
    send_email_from_email_account_id: [mailbox.id],
  };
  const answer = await team.api.joining.addContacts(wish);
  assert.ok("enrollments" in answer);
  assert.deepEqual([answer.enrollments, answer.skipped_contacts], [[], []]);
  assert.equal(
    (await refused(team.api.joining.addContacts({ id, send_email_from_email_account_id: [mailbox.id] })))
      .code,
    "joining_nobody_named",
  );
});

test("a search with only empty parts names no contact", async () => {
  const { id } = await openSequence();
  const mailbox = await newMailbox(team);
  await newContact(team);
  const wish = { id, send_email_from_email_account_id: [mailbox.id] };
  for (const contact_filter of [{ account_id: "" }, { q_keywords: null, page: "" }, { not_a_filter: 1 }]) {
    const emptied = { ...wish, contact_filter };
    assert.equal(
      (await refused(team.api.joining.addContacts(unchecked(emptied)))).code,
      "joining_nobody_named",
    );
  }
});

test("what was added is listed by request, with how many joined and why others did not", async () => {
  const { id } = await openSequence();
  const mailbox = await newMailbox(team);
  const send_email_from_email_account_id = [mailbox.id];
  const first = await team.api.joining.addContacts({
    id,
    contact_ids: await newContacts(team, 2),
    send_email_from_email_account_id,
  });
  const [none, gone] = [
    await newContact(team, { email: "" }),
    await newContact(team, { email_unsubscribed: true }),
  ];
  const second = await team.api.joining.addContacts({
    id,
    contact_ids: [await newContact(team), none, gone],
    send_email_from_email_account_id,
  });
  const { additions, pagination } = await team.api.joining.additions({ id });
  assert.equal(pagination.total_entries, 2);
  assert.deepEqual(
    additions.map((one) => [one.request_id, one.num_added, one.num_skipped, one.codes, one.by?.name]),
    [
      [
        second.request_id,
        1,
        2,
        [
          { code: "contacts_unsubscribed", count: 1 },
          { code: "contacts_without_email", count: 1 },
        ],
        "Ole Dahl",
      ],
      [first.request_id, 2, 0, [], "Ole Dahl"],
    ],
  );
  const { verdicts } = await team.api.joining.verdicts({
    id,
    request_id: second.request_id,
    code: "contacts_without_email",
  });
  assert.match(verdicts[0]?.contact_name ?? "", /^Person/);
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.joining.additions({ id }))).status, 404);
});
