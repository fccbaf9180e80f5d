import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemberRow, newSequence, plantMembers } from "../../../testing/members.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa0000000000000000ff";
const hours = (count: number) => new Date(Date.UTC(2026, 1, 3, 8) + count * 3_600_000);
const idsOf = (rows: readonly MemberRow[]) => rows.map(({ id }) => id);

async function found(filter: Parameters<Team["api"]["enrollments"]["search"]>[0], api = team.api) {
  const { contact_campaign_statuses } = await api.enrollments.search({ per_page: 100, ...filter });
  return contact_campaign_statuses.map(({ id }) => id).sort();
}

test("all that a search finds are a file, beyond a page, with the table's columns where they are asked for", async () => {
  const { id } = await newSequence(team);
  const [other] = [await newSequence(team)];
  await plantMembers(world, team, id, 1_100);
  await plantMembers(world, team, id, 2, { state: "failed", failure_reason: "email_unverified" });
  await plantMembers(world, team, other.id, 1);
  const linesOf = async (ask: Parameters<Team["api"]["enrollments"]["search"]>[0]) => {
    const file = await team.api.enrollments.search.csv({ emailer_campaign_ids: [id], ...ask });
    return new TextDecoder()
      .decode(await file.bytes())
      .trimEnd()
      .split("\r\n");
  };
  const whole = await linesOf({});
  assert.equal(whole.length, 1 + 1_102);
  assert.equal(new Set(whole).size, whole.length);
  assert.match(whole[0] ?? "", /^Contact Id,Name,Email,Title,Company,Sequence,Status,Reason,Step,Next,/);
  const failed = await linesOf({ statuses: ["failed"], csv_columns: ["status", "reason", "step"] });
  assert.deepEqual(failed[0], "Status,Reason,Step");
  assert.match(failed[1] ?? "", /^failed,the email address was not verified,/);
  assert.equal(failed.length, 3);
  const sorted = await linesOf({ sort_by_field: "added_at", sort_ascending: true, csv_columns: ["added"] });
  assert.deepEqual(sorted.slice(1), sorted.slice(1).toSorted());
  const refusal = await refused(team.api.enrollments.search.csv({ csv_columns: ["shoe_size"] }));
  assert.equal(refusal.code, "parameter_invalid");
});

test("a filter finds who is in sequences: by sequence, contact, state, reason, step, mailbox and due date", async () => {
  const [one, two] = [await newSequence(team), await newSequence(team)];
  const at = new Date();
  const mailbox_id = await plant(world, team, "mailboxes", {
    user_id: team.owner.id,
    email: "found@example.no",
    type: "smtp",
    created_at: at,
    updated_at: at,
  });
  const active = await plantMembers(world, team, one.id, 2, {
    current_step_id: one.steps[0],
    due_at: hours(1),
    mailbox_id,
  });
  const paused = await plantMembers(world, team, one.id, 2, {
    state: "paused",
    inactive_reason: "out of office",
    current_step_id: one.steps[1],
    due_at: hours(5),
  });
  const failed = await plantMembers(world, team, one.id, 1, {
    state: "failed",
    failure_reason: "snippets_missing",
    current_step_id: one.steps[1],
  });
  const elsewhere = await plantMembers(world, team, two.id, 1);
  await plantMembers(world, team, one.id, 1, { state: "removed", removed_at: at });
  const inOne = { emailer_campaign_ids: [one.id] };
  const cases: [Parameters<typeof found>[0], MemberRow[]][] = [
    [inOne, [...active, ...paused, ...failed]],
    [{ emailer_campaign_ids: [one.id, two.id] }, [...active, ...paused, ...failed, ...elsewhere]],
    [{ ...inOne, statuses: ["active"] }, active],
    [{ ...inOne, statuses: ["paused", "failed"] }, [...paused, ...failed]],
    [{ ...inOne, statuses: [] }, [...active, ...paused, ...failed]],
    [{ reasons: ["out of office", "snippets_missing"], ...inOne }, [...paused, ...failed]],
    [{ emailer_step_ids: [one.steps[1] ?? ""] }, [...paused, ...failed]],
    [{ email_account_ids: [mailbox_id] }, active],
    [{ ...inOne, due_before: hours(2).toISOString() }, active],
    [
      { contact_ids: [elsewhere[0]?.contact_id ?? "", active[0]?.contact_id ?? ""] },
      [...elsewhere, active[0] as MemberRow],
    ],
    [{ contact_ids: [NEVER] }, []],
  ];
  for (const [filter, rows] of cases)
    assert.deepEqual(await found(filter), idsOf(rows).sort(), JSON.stringify(filter));
  const { contact_campaign_statuses } = await team.api.enrollments.search({ ...inOne, statuses: ["failed"] });
  const [shown] = contact_campaign_statuses;
  assert.deepEqual(
    [
      shown?.contact_id,
      shown?.contact.id,
      shown?.emailer_campaign_name,
      shown?.current_problem,
      shown?.current_step_position,
    ],
    [failed[0]?.contact_id, failed[0]?.contact_id, "Managed", "snippets_missing", 2],
  );
  const byGet = await call(
    `${world.url}/api/v1/contact_campaign_statuses/search?emailer_campaign_ids[]=${one.id}&statuses[]=failed`,
    { key: team.key },
  );
  assert.equal((byGet.body.contact_campaign_statuses as unknown[]).length, 1);
});

test("pages follow each other in every order, by number and by cursor, without a gap or a repeat", async () => {
  const { id } = await newSequence(team);
  for (let n = 0; n < 3; n++) await plantMembers(world, team, id, 2, { due_at: n === 1 ? null : hours(n) });
  const inIt = { emailer_campaign_ids: [id] };
  for (const sort of [
    {},
    { sort_by_field: "added_at", sort_ascending: true },
    { sort_by_field: "due_at" },
    { sort_by_field: "due_at", sort_ascending: false },
    { sort_by_field: "updated_at" },
  ]) {
    const whole = (await team.api.enrollments.search({ ...inIt, ...sort })).contact_campaign_statuses.map(
      (one) => one.id,
    );
    assert.equal(whole.length, 6);
    const [byPage, byCursor]: string[][] = [[], []];
    let cursor: string | null | undefined;
    for (let page = 1; page <= 3; page++) {
      const numbered = await team.api.enrollments.search({ ...inIt, ...sort, per_page: 2, page });
      assert.deepEqual([numbered.pagination.total_entries, numbered.pagination.total_pages], [6, 3]);
      byPage?.push(...numbered.contact_campaign_statuses.map((one) => one.id));
      const onward = await team.api.enrollments.search({
        ...inIt,
        ...sort,
        per_page: 2,
        ...(cursor && { cursor }),
      });
      byCursor?.push(...onward.contact_campaign_statuses.map((one) => one.id));
      cursor = onward.pagination.next_cursor;
    }
    assert.equal(cursor, null);
    assert.deepEqual([byPage, byCursor], [whole, whole], JSON.stringify(sort));
  }
  const { contact_campaign_statuses } = await team.api.enrollments.search({
    ...inIt,
    sort_by_field: "due_at",
  });
  assert.deepEqual(
    contact_campaign_statuses.map(({ due_at }) => due_at).slice(4),
    [null, null],
    "without a date, last",
  );
  const { pagination } = await team.api.enrollments.search({ ...inIt, per_page: 2 });
  const cursor = pagination.next_cursor ?? "";
  for (const bad of [{ cursor: "x" }, { cursor, sort_by_field: "due_at" }, { cursor, sort_ascending: true }])
    assert.equal((await refused(team.api.enrollments.search({ ...inIt, ...bad }))).code, "invalid_cursor");
  assert.equal(
    (await refused(team.api.enrollments.search({ sort_by_field: "nonsense" }))).code,
    "sort_invalid",
  );
});

test("who is in a hidden sequence is not found, nor shown, until it is shared", async () => {
  const { id } = await newSequence(team);
  const [row] = await plantMembers(world, team, id, 1);
  const { user } = await team.api.users.invite({ email: "searcher@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "searcher", master: true, user_id: user.id });
  const member = world.client({ apiKey: api_key.key });
  const filter = { emailer_campaign_ids: [id] };
  assert.deepEqual(await found(filter, member), []);
  assert.equal((await refused(member.enrollments.show({ id: row?.id ?? "" }))).status, 404);
  const access = { user_or_team_id: user.id, user_or_team_type: "user", access_type: "can_view" } as const;
  await team.api.sequences.update({ id, sharing_permission: { added_sharing_accesses: [access] } });
  assert.deepEqual(await found(filter, member), [row?.id]);
  assert.equal((await member.enrollments.show({ id: row?.id ?? "" })).contact_campaign_status.id, row?.id);
});

test("one enrollment is shown with its mails, its tasks and what happened", async () => {
  const { id, steps } = await newSequence(team);
  const [row, other] = await plantMembers(world, team, id, 2, {
    current_step_id: steps[0],
    due_at: hours(3),
  });
  assert.ok(row && other);
  const mail = await plantMessage(world, team, id, {
    enrollment_id: row.id,
    contact_id: row.contact_id,
    step_id: steps[0],
    subject: "Hello",
  });
  await plantMessage(world, team, id, { enrollment_id: other.id });
  const task = await plant(world, team, "tasks", {
    user_id: team.owner.id,
    contact_id: row.contact_id,
    sequence_id: id,
    type: "call",
    status: "scheduled",
    due_at: hours(4),
    created_at: hours(0),
    updated_at: hours(0),
  });
  await team.api.enrollments.pause({ id, contact_ids: [row.contact_id] });
  await team.api.enrollments.resume({ id, contact_ids: [row.contact_id] });
  const shown = await team.api.enrollments.show({ id: row.id });
  assert.deepEqual(
    [
      shown.contact_campaign_status.status,
      shown.contact_campaign_status.contact.id,
      shown.contact_campaign_status.current_step_position,
    ],
    ["active", row.contact_id, 1],
  );
  assert.deepEqual(
    shown.emailer_messages.map((one) => [one.id, one.subject, one.emailer_step_id]),
    [[mail, "Hello", steps[0]]],
  );
  assert.deepEqual(
    shown.tasks.map((one) => one.id),
    [task],
  );
  assert.deepEqual(
    shown.events.map(({ type }) => type),
    ["enrollment.resumed", "enrollment.paused"],
  );
  await team.api.enrollments.removeContacts({ emailer_campaign_id: id, contact_ids: [row.contact_id] });
  assert.equal((await refused(team.api.enrollments.show({ id: row.id }))).code, "record_not_found");
  assert.equal((await refused(team.api.enrollments.show({ id: NEVER }))).code, "record_not_found");
});

test("each column sorts both ways, what has no value comes last, and pages go on where the last one ended", async () => {
  const { id, steps } = await newSequence(team);
  const rows = [
    ...(await plantMembers(world, team, id, 3, {
      current_step_id: steps[0],
      due_at: hours(2),
      send_from_email: "b@norrland.example",
    })),
    ...(await plantMembers(world, team, id, 2, {
      current_step_id: steps[1],
      state: "paused",
      send_from_email: "a@norrland.example",
    })),
    ...(await plantMembers(world, team, id, 2, { state: "finished" })),
  ];
  const people = [
    ["Zoe", "Åberg", "Chief", "Kraft"],
    ["anna", "Berg", "", "Alm"],
    ["Émile", "Cort", "buyer", ""],
    ["Bo", "Dahl", "Buyer", "kraft"],
  ] as const;
  for (const [n, [first_name, last_name, title, organization_name]] of people.entries())
    await team.api.contacts.update({
      id: rows[n]?.contact_id ?? "",
      first_name,
      last_name,
      title,
      organization_name,
    });
  const search = async (rest: object) => team.api.enrollments.search({ emailer_campaign_ids: [id], ...rest });
  type Found = Awaited<ReturnType<typeof search>>["contact_campaign_statuses"][number];
  const values: Record<string, (row: Found) => string | number | null> = {
    name: ({ contact }) => contact.name,
    email: ({ contact }) => contact.email,
    title: ({ contact }) => contact.title || null,
    organization_name: ({ contact }) => contact.organization_name || null,
    send_from: ({ send_email_from_email_address: from }) => from,
    status: ({ status }) => ["active", "paused", "failed", "finished"].indexOf(status),
    step: ({ current_step_position: position }) => position,
    due_at: ({ due_at }) => due_at,
  };
  for (const [sort_by_field, figureOf] of Object.entries(values))
    for (const sort_ascending of [true, false]) {
      const sort = { sort_by_field, sort_ascending };
      const what = `${sort_by_field} ${sort_ascending}`;
      const whole = (await search(sort)).contact_campaign_statuses;
      const found = whole.map(figureOf);
      const known = found.filter((value) => value !== null);
      assert.deepEqual(found.slice(0, known.length), known, `${what}: nothing is last`);
      if (typeof known[0] === "number") {
        const ordered = known.toSorted((a, b) => Number(a) - Number(b));
        assert.deepEqual(known, sort_ascending ? ordered : ordered.toReversed(), what);
      } else {
        assert.ok(known.length > 1, what);
        const there = (await search({ ...sort, sort_ascending: !sort_ascending })).contact_campaign_statuses;
        const back = there.map(figureOf).filter((value) => value !== null);
        assert.deepEqual(back.toReversed(), known, `${what}: the other way`);
      }
      const paged: string[] = [];
      for (let cursor: string | null | undefined = ""; cursor !== null; ) {
        const page = await search({ ...sort, per_page: 2, ...(cursor && { cursor }) });
        paged.push(...page.contact_campaign_statuses.map((one) => one.id));
        cursor = page.pagination.next_cursor;
      }
      assert.deepEqual(
        paged,
        whole.map((one) => one.id),
        `${what}: by pages`,
      );
    }
  const names = (await search({ sort_by_field: "title" })).contact_campaign_statuses.map(
    ({ contact }) => contact.title,
  );
  assert.deepEqual(
    names.slice(0, 3).map((title) => title?.toLowerCase()),
    ["buyer", "buyer", "chief"],
  );
});
