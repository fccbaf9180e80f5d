import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { insertAccount, insertContact } from "../../../testing/records.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { changeCall, deleteCall } from "./commands.ts";

let team: Team;
let account: string;
let contact: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  account = await insertAccount(opened, team);
  contact = await insertContact(opened, team, { email: "ines@example.se", accountId: account });
});

const NEVER = "64f0aa0000000000000000ff";

test("a team starts with outcomes and purposes", async () => {
  const { phone_call_outcomes } = await team.api.phoneCalls.outcomes();
  const { phone_call_purposes } = await team.api.phoneCalls.purposes();
  assert.deepEqual(
    phone_call_outcomes
      .slice(0, 1)
      .map(({ name, is_connect, display_order }) => [name, is_connect, display_order]),
    [["Connected", true, 0]],
  );
  assert.ok(phone_call_outcomes.some(({ is_connect }) => !is_connect));
  assert.deepEqual(
    phone_call_purposes.map(({ display_order }) => display_order),
    [0, 1, 2, 3, 4, 5],
  );
});

test("a call is logged with its contact, and its length is counted", async () => {
  const outcome = (await team.api.phoneCalls.outcomes()).phone_call_outcomes[0]?.id;
  const answer = await team.api.phoneCalls.create({
    logged: true,
    user_id: [team.owner.id],
    contact_id: contact,
    to_number: "+46 90 555 01 00",
    status: "completed",
    start_time: "2026-02-03T10:00:00Z",
    end_time: "2026-02-03T10:02:05Z",
    phone_call_outcome_id: outcome,
    note: "<p>Wants a quote</p>",
  });
  const { phone_call } = answer;
  assert.deepEqual(
    [
      phone_call.user_id,
      phone_call.account_id,
      phone_call.duration,
      phone_call.status,
      phone_call.note_text,
      phone_call.inbound,
      phone_call.logged,
    ],
    [team.owner.id, account, 125, "completed", "Wants a quote", false, true],
  );
  assert.partialDeepStrictEqual(phone_call.account, { id: account, name: "Norrland Kraft" });
  assert.equal(answer.contact?.name, "Ines Okafor");
  assert.deepEqual(answer.team, { id: team.id, phone_calls_finder_empty: false });
  const changed = await team.api.phoneCalls.update({
    id: phone_call.id,
    duration: 60,
    status: "no-answer",
    contact_id: null,
  });
  assert.deepEqual(
    [changed.phone_call.duration, changed.phone_call.status, changed.contact, changed.phone_call.note],
    [60, "no_answer", null, "<p>Wants a quote</p>"],
  );
});

test("one id for user_id is as good as a list of one, in query or body", async () => {
  const bare = await call(`${world.url}/api/v1/phone_calls?user_id=${team.owner.id}&status=busy`, {
    method: "POST",
    key: team.key,
  });
  assert.equal(bare.status, 200, bare.text);
  const listed = await call(`${world.url}/api/v1/phone_calls?user_id[]=${team.owner.id}`, {
    method: "POST",
    key: team.key,
  });
  assert.equal((listed.body.phone_call as { user_id: string }).user_id, team.owner.id);
});

test("a second report with the same identifier changes the first, however many come at once", async () => {
  const first = await team.api.phoneCalls.create({
    call_identifier: "dialer-1",
    status: "ringing",
    to_number: "+4690",
  });
  const second = await team.api.phoneCalls.create({
    call_identifier: "dialer-1",
    status: "completed",
    duration: 5,
  });
  assert.equal(second.phone_call.id, first.phone_call.id);
  assert.deepEqual(
    [second.phone_call.status, second.phone_call.to_number, second.phone_call.duration],
    ["completed", "+4690", 5],
  );
  const many = await Promise.all(
    [1, 2, 3, 4].map((duration) => team.api.phoneCalls.create({ call_identifier: "dialer-2", duration })),
  );
  assert.equal(new Set(many.map(({ phone_call }) => phone_call.id)).size, 1);
});

/** While a user is at it, the dialer reports it once more. */
async function reportedDuring(identifier: string, work: (act: Act, id: string) => Promise<unknown>) {
  const { phone_call } = await team.api.phoneCalls.create({ call_identifier: identifier, status: "ringing" });
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, reported] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act) => {
        await work(act, phone_call.id);
        await beforeCommit();
      }),
    () => team.api.phoneCalls.create({ call_identifier: identifier, status: "completed", duration: 5 }),
  );
  return { before: phone_call, after: reported.phone_call };
}

test("what a user writes of a call stays when the dialer reports it at that moment", async () => {
  const { before, after } = await reportedDuring("dialer-3", (act, id) =>
    changeCall(act, id, { note: "Call again on Monday" }),
  );
  assert.deepEqual([after.id, after.note, after.status], [before.id, "Call again on Monday", "completed"]);
});

test("a call that is deleted while the dialer reports it is another one then", async () => {
  const { before, after } = await reportedDuring("dialer-4", deleteCall);
  assert.notEqual(after.id, before.id);
  assert.equal((await refused(team.api.phoneCalls.update({ id: before.id }))).status, 404);
});

test("a task shows the call made for it", async () => {
  const { task } = await team.api.tasks.create({ type: "call", user_id: team.owner.id, contact_id: contact });
  const { phone_call } = await team.api.phoneCalls.create({ outreach_task_id: task.id, status: "completed" });
  assert.partialDeepStrictEqual((await team.api.tasks.get({ id: task.id })).task.phone_call, {
    id: phone_call.id,
    status: "completed",
  });
});

test("ids of nothing are refused, and so is a key without the master's reach", async () => {
  for (const wish of [
    { contact_id: NEVER },
    { account_id: NEVER },
    { user_id: [NEVER] },
    { opportunity_id: NEVER },
    { phone_call_outcome_id: NEVER },
    { phone_call_purpose_id: NEVER },
    { outreach_task_id: NEVER },
  ]) {
    const refusal = await refused(team.api.phoneCalls.create(wish));
    assert.deepEqual(
      [refusal.status, refusal.message],
      [422, `Parameters misconfigured. ${NEVER} is not a valid ID`],
    );
  }
  assert.equal((await refused(team.api.phoneCalls.update({ id: NEVER }))).status, 404);
  assert.equal((await refused(team.api.phoneCalls.create(unchecked({ status: "gone" })))).status, 422);
  const { api_key } = await team.api.apiKeys.create({ name: "plain", scopes: ["read_only"] });
  assert.equal((await refused(world.client({ apiKey: api_key.key }).phoneCalls.search())).status, 403);
});

test("calls are searched by everything Apollo and its clients name", async () => {
  const mine = await world.newTeam("Searching");
  const firm = await insertAccount(world, mine);
  const ines = await insertContact(world, mine, { accountId: firm });
  const { user } = await mine.api.users.invite({ email: "c@search.example.no" });
  const outcome = (await mine.api.phoneCalls.outcomes()).phone_call_outcomes[1]?.id ?? "";
  const purpose = (await mine.api.phoneCalls.purposes()).phone_call_purposes[1]?.id ?? "";
  const label = "64f0aa00000000000000001a";
  await world.running.app.db.inTeam(mine.id, async (db) => {
    const now = Temporal.Now.instant();
    await db.run(
      "insert into labels (team_id, id, modality, name, created_at, updated_at) values ($1, $2, 'contacts', 'l', $3, $3)",
      [mine.id, label, now],
    );
    await db.run(
      "insert into contact_labels (team_id, label_id, contact_id, added_at) values ($1, $2, $3, $4)",
      [mine.id, label, ines, now],
    );
  });
  await mine.api.phoneCalls.create({
    contact_id: ines,
    note: "A",
    start_time: "2026-02-01T10:00:00Z",
    duration: 10,
  });
  await mine.api.phoneCalls.create({
    inbound: true,
    note: "B",
    start_time: "2026-02-02T23:30:00Z",
    duration: 300,
    user_id: [user.id],
    from_number: "+46701",
  });
  await mine.api.phoneCalls.create({
    note: "C",
    start_time: "2026-02-03T10:00:00Z",
    phone_call_outcome_id: outcome,
    phone_call_purpose_id: purpose,
  });
  const notes = async (search: Input<"notes", "search">) =>
    (await mine.api.phoneCalls.search(search)).phone_calls.map(({ note }) => note).join("");
  const cases: [search: object, notes: string][] = [
    [{}, "CBA"],
    [{ sort_by_field: "start_time", sort_ascending: true }, "ABC"],
    [{ sort_by_field: "duration" }, "BAC"],
    [{ date_range: { min: "2026-02-02" } }, "CB"],
    [{ date_range: { max: "2026-02-02" } }, "BA"],
    [{ date_range: { max: "2026-02-01T10:00:00Z" } }, "A"],
    [{ date_range: { min: "2026-02-02", max: "2026-02-02" } }, "B"],
    [{ duration: { min: 11 } }, "B"],
    [{ duration: { max: 10 } }, "A"],
    [{ inbound: "incoming" }, "B"],
    [{ inbound: "outgoing" }, "CA"],
    [{ user_ids: [user.id] }, "B"],
    [{ user_id: mine.owner.id }, "CA"],
    [{ contact_id: ines }, "A"],
    [{ account_id: firm }, "A"],
    [{ contact_label_ids: [label] }, "A"],
    [{ phone_call_purpose_ids: [purpose] }, "C"],
    [{ phone_call_outcome_ids: [outcome] }, "C"],
    [{ q_keywords: "okafor" }, "A"],
    [{ q_keywords: "+46701" }, "B"],
    [{ q_keywords: "_" }, ""],
  ];
  for (const [search, expected] of cases) assert.equal(await notes(search), expected, JSON.stringify(search));
  const page = await mine.api.phoneCalls.search({ page: 2, per_page: 2, date_range: { min: "2026-01-01" } });
  assert.deepEqual(page.pagination, { page: "2", per_page: "2", total_entries: 3, total_pages: 2 });
  assert.equal(page.pipeline_total, 3);
  assert.equal(page.breadcrumbs[0]?.display_name, "After 2026-01-01");
  assert.equal(
    (await refused(mine.api.phoneCalls.search({ sort_by_field: "note" }))).message,
    "Invalid sort criteria",
  );
});

test("a note of a hundred thousand signs is listed like any other, and its call can be deleted", async () => {
  const { phone_call } = await team.api.phoneCalls.create({ status: "busy", note: "<".repeat(100_000) });
  const listed = await team.api.phoneCalls.search({ per_page: 100 });
  assert.ok(listed.phone_calls.some(({ id }) => id === phone_call.id));
  const deleted = await team.api.phoneCalls.delete({ id: phone_call.id });
  assert.deepEqual(deleted, { phone_call: { id: phone_call.id, deleted: true } });
  const after = await team.api.phoneCalls.search({ per_page: 100 });
  assert.ok(after.phone_calls.every(({ id }) => id !== phone_call.id));
  await assert.rejects(team.api.phoneCalls.delete({ id: phone_call.id }), { status: 404 });
});

test("a stranger's call is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { phone_call } = await team.api.phoneCalls.create({ call_identifier: "shared", note: "secret" });
  assert.equal((await refused(stranger.api.phoneCalls.update({ id: phone_call.id, note: "x" }))).status, 404);
  const own = await stranger.api.phoneCalls.create({ call_identifier: "shared" });
  assert.notEqual(own.phone_call.id, phone_call.id);
  assert.deepEqual(
    (await stranger.api.phoneCalls.search()).phone_calls.map(({ note }) => note),
    [null],
  );
});
