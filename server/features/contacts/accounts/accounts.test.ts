import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa00000000000000beef";

async function newAccount(at: Team, input: Parameters<Team["api"]["accounts"]["create"]>[0]) {
  return (await at.api.accounts.create(input)).account;
}

/** Contacts behind the scenes: accounts need some, and nothing else about them. */
async function insertContacts(
  at: Team,
  ...contacts: { email?: string; company?: string; account?: string }[]
) {
  return asOwner(world, async (db) => {
    const ids: string[] = [];
    for (const { email, company, account } of contacts) {
      const { rows } = await db.query<{ id: string }>(
        `insert into contacts (team_id, id, email, organization_name, account_id, source, original_source, created_at, updated_at)
         values ($1, new_ident(), $2, $3, $4, 'api', 'api', now(), now()) returning id`,
        [at.id, email ?? null, company ?? null, account ?? null],
      );
      ids.push(rows[0]?.id ?? "");
    }
    return ids;
  });
}

async function accountsOf(contactIds: string[]) {
  return asOwner(world, async (db) => {
    const { rows } = await db.query<{ id: string; account_id: string | null }>(
      "select id, account_id from contacts where id = any($1::text[])",
      [contactIds],
    );
    return contactIds.map((id) => rows.find((row) => row.id === id)?.account_id ?? null);
  });
}

test("an account is made with what is said, and the rest as Apollo has it", async () => {
  const account = await newAccount(team, {
    name: " Norrland Kraft ",
    domain: "https://www.Norrland.example/om",
    phone: "090-555 01 00",
    raw_address: "Umeå, Sweden",
    linkedin_url: "https://linkedin.example/norrland",
    label_names: ["Key"],
  });
  assert.partialDeepStrictEqual(account, {
    name: "Norrland Kraft",
    domain: "norrland.example",
    team_id: team.id,
    owner_id: team.owner.id,
    creator_id: null,
    source: "api",
    original_source: "api",
    source_display_name: "Created from API",
    phone: "090-555 01 00",
    sanitized_phone: "+46905550100",
    phone_status: "no_status",
    city: "Umeå",
    country: "Sweden",
    website_url: "http://www.norrland.example",
    modality: "account",
    existence_level: "full",
    typed_custom_fields: {},
    custom_field_errors: {},
    num_contacts: 0,
    contact_emailer_campaign_ids: [],
    contact_campaign_status_tally: {},
  });
  const { account_stages } = await team.api.accountStages.list();
  assert.equal(account.account_stage_id, account_stages[0]?.id, "it starts in the first stage");
  const labels = await team.api.labels.list();
  assert.deepEqual(account.label_ids, [labels.find(({ name }) => name === "Key")?.id]);

  const { account: read, ...furniture } = await team.api.accounts.get({ id: account.id });
  assert.deepEqual(furniture, { salesforce_users: [], hubspot_owners: [] });
  assert.deepEqual(
    [read.id, read.name, read.keywords, read.engagement_graph],
    [account.id, account.name, [], []],
  );
});

test("other spellings clients use are understood, and nothing is ever matched", async () => {
  const mine = await world.newTeam("Spellings");
  const first = await newAccount(mine, {
    website_url: "http://kraft.example/a",
    phone_number: "+46 90 555 01 00",
  });
  assert.deepEqual(
    [first.domain, first.website_url, first.sanitized_phone],
    ["kraft.example", "http://kraft.example/a", "+46905550100"],
  );
  const second = await newAccount(mine, { domain: "kraft.example" });
  assert.notEqual(first.id, second.id);
});

test("an account needs a name or a domain, from the start and ever after", async () => {
  const account = await newAccount(team, { name: "Vattenverket" });
  for (const attempt of [
    () => team.api.accounts.create({}),
    () => team.api.accounts.create({ name: "  ", domain: "" }),
    () => team.api.accounts.create({ domain: "not a domain" }),
    () => team.api.accounts.update({ id: account.id, name: null }),
  ]) {
    const refusal = await refused(attempt());
    assert.deepEqual([refusal.status, refusal.message], [422, "Please specify at least a name or domain."]);
  }
});

test("what an account points at must be the team's own", async () => {
  const stranger = await world.newTeam("Pointers");
  const theirs = await newAccount(stranger, { name: "Theirs" });
  const theirStage = (await stranger.api.accountStages.list()).account_stages[0]?.id ?? "";
  const account = await newAccount(team, { name: "Pointing" });
  const wrong = [
    { owner_id: NEVER },
    { owner_id: stranger.owner.id },
    { account_stage_id: NEVER },
    { account_stage_id: theirStage },
    { parent_account_id: theirs.id },
  ];
  for (const input of wrong) {
    const [name = "", value] = Object.entries(input)[0] ?? [];
    for (const attempt of [
      () => team.api.accounts.create({ name: "X", ...input }),
      () => team.api.accounts.update({ id: account.id, ...input }),
      () => team.api.accounts.bulkCreate({ accounts: [{ name: "X" }, { name: "Y", ...input }] }),
    ]) {
      const refusal = await refused(attempt());
      assert.deepEqual([refusal.status, refusal.message], [422, `There is no ${name} ${value}.`]);
    }
  }
  const malformed = await refused(team.api.accounts.create({ name: "X", account_stage_id: "nonsense" }));
  assert.equal(malformed.message, "Parameters misconfigured. nonsense is not a valid ID");
});

test("a change says what changes and leaves the rest; lists are replaced", async () => {
  const made = await newAccount(team, {
    name: "Before",
    domain: "before.example",
    label_names: ["Old", "Kept"],
  });
  const stage = (await team.api.accountStages.list()).account_stages[1]?.id ?? "";
  const { account, labels } = await team.api.accounts.update({
    id: made.id,
    name: "After",
    account_stage_id: stage,
    label_names: ["kept", "New"],
  });
  assert.deepEqual(
    [account.name, account.domain, account.account_stage_id],
    ["After", "before.example", stage],
  );
  assert.notEqual(account.stage_updated_at, made.stage_updated_at);
  assert.deepEqual(
    labels.map(({ name }) => name),
    ["Kept", "New"],
  );
  const cleared = await team.api.accounts.update({ id: made.id, domain: null, owner_id: null });
  assert.deepEqual(
    [cleared.account.domain, cleared.account.owner_id, cleared.account.name],
    [null, null, "After"],
  );
  assert.equal(cleared.labels.length, 2, "lists that are not mentioned stay");
});

test("PUT, a query alone and the older prefix change an account too", async () => {
  const { id } = await newAccount(team, { name: "Verbs" });
  for (const [method, url] of [
    ["PUT", `/api/v1/accounts/${id}?name=By%20PUT`],
    ["PATCH", `/v1/accounts/${id}?name=By%20PUT`],
  ]) {
    const answer = await call(`${world.url}${url}`, { method: method ?? "", key: team.key });
    assert.deepEqual([answer.status, (answer.body.account as { name: string }).name], [200, "By PUT"]);
  }
});

test("custom fields take what fits, and say of the rest why not", async () => {
  const mine = await world.newTeam("Account fields");
  const field = async (label: string, type: "number" | "date") =>
    (await mine.api.customFields.create({ label, modality: "account", type })).typed_custom_fields[0]?.id ??
    "";
  const size = await field("Size", "number");
  const since = await field("Since", "date");
  const account = await newAccount(mine, {
    name: "Fields",
    typed_custom_fields: { [size]: "12", [since]: "soon", [NEVER]: "x" },
  });
  assert.deepEqual(account.typed_custom_fields, { [size]: 12 });
  assert.deepEqual(Object.keys(account.custom_field_errors).sort(), [since, NEVER].sort());
  const changed = await mine.api.accounts.update({
    id: account.id,
    typed_custom_fields: { [`account.${since}`]: "2020-02-29", [size]: null },
  });
  assert.deepEqual(changed.account.typed_custom_fields, { [since]: "2020-02-29" });
  assert.deepEqual((await mine.api.accounts.get({ id: account.id })).account.typed_custom_fields, {
    [since]: "2020-02-29",
  });
});

test("an account that is not there, is gone, or is another's is refused in Apollo's manner", async () => {
  const stranger = await world.newTeam("Account strangers");
  const account = await newAccount(team, { name: "Ours" });
  for (const [at, id] of [
    [team, NEVER],
    [stranger, account.id],
  ] as const) {
    for (const attempt of [
      () => at.api.accounts.get({ id }),
      () => at.api.accounts.update({ id, name: "X" }),
      () => at.api.accounts.delete({ id }),
      () => at.api.accounts.timeline({ id }),
    ]) {
      const refusal = await refused(attempt());
      assert.deepEqual([refusal.status, refusal.code], [422, "account_not_found"]);
    }
  }
  assert.deepEqual(await team.api.accounts.delete({ id: account.id }), {
    account: { id: account.id, deleted: true },
  });
  assert.equal(
    (await refused(team.api.accounts.get({ id: account.id }))).message,
    "This account has been deleted.",
  );
  const update = await refused(team.api.accounts.update({ id: account.id, name: "X" }));
  assert.equal(update.message, "Cannot update account as it is deleted.");
  assert.deepEqual((update.body as Record<string, unknown>).deleted_account_ids, [account.id]);
  assert.equal((await refused(stranger.api.accounts.get({ id: account.id }))).code, "account_not_found");
});

test("a deleted account leaves its contacts behind, without one", async () => {
  const account = await newAccount(team, { name: "Leaving" });
  const contacts = await insertContacts(team, { account: account.id });
  await team.api.accounts.delete({ id: account.id });
  assert.deepEqual(await accountsOf(contacts), [null]);
});

test("contacts that were waiting come to an account when it is made, renamed or made in bulk", async () => {
  const mine = await world.newTeam("Linking");
  const waiting = await insertContacts(
    mine,
    { email: "a@waiting.example" },
    { email: "b@mail.waiting.example" },
    { company: "waiting AB" },
    { email: "d@gmail.com", company: "Other" },
    { email: "e@bulk.example" },
    { company: "Renamed" },
  );
  const account = await newAccount(mine, { name: "Waiting AB", domain: "waiting.example" });
  assert.deepEqual(await accountsOf(waiting.slice(0, 4)), [account.id, account.id, account.id, null]);
  const bulk = await mine.api.accounts.bulkCreate({
    accounts: [{ domain: "bulk.example" }, { name: "Nobody's" }],
  });
  assert.deepEqual(await accountsOf([waiting[4] ?? ""]), [bulk.created_accounts[0]?.id]);
  await mine.api.accounts.update({ id: account.id, name: "Renamed" });
  assert.deepEqual(await accountsOf([waiting[5] ?? ""]), [account.id]);
  assert.equal((await mine.api.accounts.get({ id: account.id })).account.num_contacts, 4);
});

test("no account stands below itself, however long the way", async () => {
  const top = await newAccount(team, { name: "Top" });
  const middle = await newAccount(team, { name: "Middle", parent_account_id: top.id });
  const bottom = await newAccount(team, { name: "Bottom", parent_account_id: middle.id });
  for (const parent_account_id of [top.id, bottom.id]) {
    const refusal = await refused(team.api.accounts.update({ id: top.id, parent_account_id }));
    assert.equal(refusal.code, "account_below_itself");
  }
});

test("merging fills what the winner lacks and carries everything over", async () => {
  const mine = await world.newTeam("Merging");
  const winner = await newAccount(mine, { name: "Kraft", label_names: ["A"], salesforce_id: "sf1" });
  const first = await newAccount(mine, {
    name: "Kraft AB",
    domain: "kraft.example",
    label_names: ["A", "B"],
    salesforce_id: "sf2",
  });
  const second = await newAccount(mine, {
    name: "Kraft Ltd",
    industry: "Energy",
    parent_account_id: winner.id,
  });
  const child = await newAccount(mine, { name: "Child", parent_account_id: first.id });
  const contacts = await insertContacts(
    mine,
    { account: first.id },
    { account: second.id },
    { email: "x@kraft.example" },
  );
  const merged = await mine.api.accounts.merge({
    winner_id: winner.id,
    loser_ids: [first.id, second.id, first.id],
  });
  assert.deepEqual(merged.merged_account_ids, [first.id, second.id]);
  assert.partialDeepStrictEqual(merged.account, {
    name: "Kraft",
    domain: "kraft.example",
    industry: "Energy",
    salesforce_id: "sf1",
    merged_crm_ids: ["sf2"],
    num_contacts: 3,
    parent_account_id: null,
  });
  assert.equal(merged.account.label_ids.length, 2);
  assert.deepEqual(await accountsOf(contacts), [winner.id, winner.id, winner.id]);
  assert.equal((await mine.api.accounts.get({ id: child.id })).account.parent_account_id, winner.id);
  assert.equal(
    (await refused(mine.api.accounts.get({ id: first.id }))).message,
    "This account has been deleted.",
  );

  const stranger = await newAccount(team, { name: "Elsewhere" });
  for (const [loser, code] of [
    [winner.id, "account_merge_itself"],
    [stranger.id, "account_not_found"],
    [first.id, "account_deleted"],
  ] as const) {
    const refusal = await refused(
      mine.api.accounts.merge({ winner_id: winner.id, loser_ids: [child.id, loser] }),
    );
    assert.equal(refusal.code, code);
  }
  assert.equal(
    (await mine.api.accounts.get({ id: child.id })).account.name,
    "Child",
    "a refused merge merges nothing",
  );
});

test("a timeline tells what happened with the account and with its people, of every kind", async () => {
  const mine = await world.newTeam("People's timeline");
  const account = await newAccount(mine, { name: "Theirs" });
  const { contact } = await mine.api.contacts.create({ first_name: "Ines", account_id: account.id });
  const { contact: other } = await mine.api.contacts.create({ first_name: "Elsewhere" });
  const task = { type: "call", priority: "high", user_id: mine.owner.id } as const;
  await mine.api.tasks.create({ ...task, contact_id: contact.id });
  await mine.api.notes.create({ content: "of the person", contact_ids: [contact.id] });
  await mine.api.notes.create({ content: "of the account", account_ids: [account.id] });
  await mine.api.notes.create({ content: "of neither", contact_ids: [other.id] });
  const { timeline } = await mine.api.accounts.timeline({ id: account.id, limit: 100 });
  assert.deepEqual(timeline.flatMap(({ kind, data }) => (kind === "note" ? [data.content] : [])).sort(), [
    "of the account",
    "of the person",
  ]);
  assert.ok(timeline.some(({ kind, contact_id }) => kind === "task" && contact_id === contact.id));
  assert.ok(timeline.some(({ type, contact_id }) => type === "contact.created" && contact_id === contact.id));
  assert.ok(timeline.every(({ contact_id }) => contact_id !== other.id));
  const notes = await mine.api.accounts.timeline({ id: account.id, kinds: ["note"] });
  assert.deepEqual(new Set(notes.timeline.map(({ kind }) => kind)), new Set(["note"]));
  const refusal = await refused(mine.api.accounts.timeline({ id: account.id, cursor: "x" }));
  assert.equal(refusal.code, "invalid_cursor");
});

test("a timeline tells of the account, newest first, a page at a time", async () => {
  const mine = await world.newTeam("Timeline");
  const account = await newAccount(mine, { name: "Told" });
  const stage = (await mine.api.accountStages.list()).account_stages[1]?.id ?? "";
  await mine.api.accounts.update({ id: account.id, account_stage_id: stage });
  const { timeline } = await mine.api.accounts.timeline({ id: account.id });
  assert.deepEqual(
    timeline.map(({ type }) => type),
    ["account.stage_changed", "account.updated", "account.created"],
  );
  const page = await mine.api.accounts.timeline({ id: account.id, limit: 2 });
  assert.deepEqual(page.timeline, timeline.slice(0, 2));
  const rest = await mine.api.accounts.timeline({ id: account.id, cursor: page.next_cursor ?? "", limit: 2 });
  assert.deepEqual([rest.timeline, rest.next_cursor], [timeline.slice(2), null]);
});
