import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { insertAccount, insertContact, insertCustomField } from "../../../testing/records.ts";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const NEVER = "64f0aa0000000000000000ff";

async function stagesOf(at: Team) {
  const { opportunity_stages } = await at.api.opportunityStages.list();
  return new Map(opportunity_stages.map((stage) => [stage.name, stage]));
}

test("a team starts with stages that are open, won or lost, each with its probability", async () => {
  const { opportunity_stages } = await team.api.opportunityStages.list();
  assert.deepEqual(
    opportunity_stages.map(({ name, type, probability }) => [name, type, probability]),
    [
      ["Qualification", "Open", 10],
      ["Discovery", "Open", 20],
      ["Proposal", "Open", 50],
      ["Negotiation", "Open", 75],
      ["Closed Won", "Closed/Won", 100],
      ["Closed Lost", "Closed/Lost", 0],
    ],
  );
  assert.deepEqual(
    opportunity_stages.map(({ display_order }) => display_order),
    [0, 1, 2, 3, 4, 5],
  );
});

test("a deal is created as Apollo's sample shows, and shown with its account", async () => {
  const account_id = await insertAccount(world, team);
  const { opportunity } = await team.api.opportunities.create({
    name: " Boiler retrofit ",
    amount: "48000",
    closed_date: "2026-06-30",
    account_id,
    currency_code: "eur",
  });
  assert.deepEqual(
    {
      name: opportunity.name,
      amount: opportunity.amount,
      closed_date: opportunity.closed_date,
      owner_id: opportunity.owner_id,
      created_by_id: opportunity.created_by_id,
      stage_name: opportunity.stage_name,
      source: opportunity.source,
      deal_probability: opportunity.deal_probability,
      forecasted_revenue: opportunity.forecasted_revenue,
      forecast_category: opportunity.forecast_category,
      currency: opportunity.currency,
      is_closed: opportunity.is_closed,
    },
    {
      name: "Boiler retrofit",
      amount: 48000,
      closed_date: "2026-06-30T00:00:00.000+00:00",
      owner_id: team.owner.id,
      created_by_id: team.owner.id,
      stage_name: "Qualification",
      source: "api",
      deal_probability: 10,
      forecasted_revenue: 4800,
      forecast_category: "pipeline",
      currency: { name: "Euro", iso_code: "EUR", symbol: "€" },
      is_closed: false,
    },
  );
  const { opportunity: shown } = await team.api.opportunities.get({ id: opportunity.id });
  assert.partialDeepStrictEqual(shown, {
    ...opportunity,
    num_contacts: 0,
    account: { id: account_id, name: "Norrland Kraft", domain: "norrland.example" },
  });
});

test("an amount with a comma is invalid: a new deal has none, and an existing one keeps its own; null clears it", async () => {
  const amount = async (value: unknown) =>
    (await team.api.opportunities.create({ name: "x", amount: value as string })).opportunity.amount;
  assert.deepEqual(
    [await amount("48,000"), await amount("$5"), await amount(12.5), await amount("0"), await amount(null)],
    [null, null, 12.5, 0, null],
  );
  const { opportunity } = await team.api.opportunities.create({ name: "x", amount: "7" });
  assert.equal(
    (await team.api.opportunities.update({ id: opportunity.id, name: "y" })).opportunity.amount,
    7,
  );
  assert.equal(
    (await team.api.opportunities.update({ id: opportunity.id, amount: "1,0" })).opportunity.amount,
    7,
  );
});

test("what is wrong is refused in Apollo's words", async () => {
  for (const wish of [{}, { name: "" }, { name: "  " }]) {
    const refusal = await refused(team.api.opportunities.create(wish));
    assert.deepEqual([refusal.status, refusal.message], [422, "Name is required"]);
  }
  for (const wish of [
    { owner_id: NEVER },
    { account_id: NEVER },
    { opportunity_stage_id: NEVER },
    { opportunity_contact_roles: [{ contact_id: NEVER }] },
  ]) {
    const refusal = await refused(team.api.opportunities.create({ name: "x", ...wish }));
    assert.deepEqual(
      [refusal.status, refusal.message],
      [422, `Parameters misconfigured. ${NEVER} is not a valid ID`],
    );
  }
  const gone = await refused(team.api.opportunities.get({ id: NEVER }));
  assert.deepEqual(
    [gone.status, gone.body],
    [404, { error: "Not Found", code: "deal_not_found", status: 404 }],
  );
  const absent = await refused(team.api.opportunities.update({ id: NEVER, name: "x" }));
  assert.deepEqual([absent.status, absent.message], [422, "Opportunity does not exist."]);
  const sort = await refused(team.api.opportunities.search({ sort_by_field: "id; drop table deals" }));
  assert.deepEqual(
    [sort.status, sort.message, (sort.body as Record<string, unknown>).skip_alert_dialog],
    [422, "Invalid sort criteria", true],
  );
  assert.equal(
    (await refused(team.api.opportunities.create({ name: "x", currency_code: "QQQ" }))).status,
    422,
  );
  assert.equal(
    (await refused(team.api.opportunities.create({ name: "x", closed_date: "soon" }))).status,
    422,
  );
});

test("moving to a closed stage closes the deal that day, and moving back opens it again", async () => {
  const stages = await stagesOf(team);
  const { opportunity } = await team.api.opportunities.create({ name: "Moving", amount: "100" });
  const move = async (name: string) =>
    (
      await team.api.opportunities.update({
        id: opportunity.id,
        opportunity_stage_id: stages.get(name)?.id ?? "",
      })
    ).opportunity;
  const won = await move("Closed Won");
  const today = `${new Date(Temporal.Now.instant().epochMilliseconds).toISOString().slice(0, 10)}T00:00:00.000+00:00`;
  assert.deepEqual(
    [won.is_closed, won.is_won, won.actual_close_date, won.deal_probability, won.forecasted_revenue],
    [true, true, today, 100, 100],
  );
  assert.ok((won.stage_updated_at ?? "") > (opportunity.stage_updated_at ?? ""));
  const lost = await move("Closed Lost");
  assert.deepEqual(
    [lost.is_closed, lost.is_won, lost.actual_close_date, lost.forecast_category],
    [true, false, today, "omitted"],
  );
  const open = await move("Proposal");
  assert.deepEqual([open.is_closed, open.actual_close_date, open.deal_probability], [false, null, 50]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: opportunity.id });
  assert.equal(audit_log.filter(({ type }) => type === "deal.stage_changed").length, 3);
  assert.match(audit_log[0]?.sentence ?? "", /Moving/);
});

test("what no user set is null, as typed programs expect", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "x" });
  const { opportunity: shown } = await team.api.opportunities.get({ id: opportunity.id });
  const { opportunities } = await team.api.opportunities.search({ q_opportunity_name: "X" });
  for (const deal of [opportunity, shown, opportunities.find(({ id }) => id === opportunity.id)])
    assert.deepEqual([deal?.manually_updated_forecast, deal?.manually_updated_probability], [null, null]);
});

test("an amount that is no number is told in the answer", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "x", amount: "48,500" });
  assert.deepEqual(Object.keys(opportunity.field_errors), ["amount"]);
  const { opportunity: changed } = await team.api.opportunities.update({
    id: opportunity.id,
    amount: "48500",
  });
  assert.deepEqual([changed.amount, changed.field_errors], [48500, {}]);
});

test("a probability set by hand stands until it is taken back", async () => {
  const { opportunity } = await team.api.opportunities.create({
    name: "x",
    amount: "1000",
    deal_probability: 33,
  });
  assert.deepEqual(
    [opportunity.deal_probability, opportunity.manually_updated_probability, opportunity.forecasted_revenue],
    [33, 33, 330],
  );
  const { opportunity: back } = await team.api.opportunities.update({
    id: opportunity.id,
    deal_probability: null,
  });
  assert.deepEqual([back.deal_probability, back.manually_updated_probability], [10, null]);
});

test("people have parts in a deal, and a contact's deals are found by part and by account", async () => {
  const mine = await world.newTeam("Parts");
  const account = await insertAccount(world, mine);
  const ines = await insertContact(world, mine, { accountId: account });
  const eva = await insertContact(world, mine, { name: "Eva Lund" });
  const { opportunity } = await mine.api.opportunities.create({
    name: "x",
    opportunity_contact_roles: [
      { contact_id: ines, role: "Buyer" },
      { contact_id: eva },
      { contact_id: eva, role: "User" },
    ],
  });
  assert.deepEqual(
    opportunity.opportunity_contact_roles.map(({ role_name, contact }) => [role_name, contact.name]).sort(),
    [
      ["Buyer", "Ines Okafor"],
      ["User", "Eva Lund"],
    ],
  );
  const kept = opportunity.opportunity_contact_roles.find(({ contact }) => contact.id === ines)?.id;
  const { opportunity: next } = await mine.api.opportunities.update({
    id: opportunity.id,
    opportunity_contact_roles: [{ contact_id: ines, role: "Signer" }],
  });
  assert.deepEqual(
    next.opportunity_contact_roles.map(({ id, role_name }) => [id, role_name]),
    [[kept, "Signer"]],
  );
  assert.equal((await mine.api.opportunities.get({ id: opportunity.id })).opportunity.num_contacts, 1);
  await mine.api.opportunities.create({ name: "of the account", account_id: account });
  await mine.api.opportunities.create({ name: "of nobody" });
  const { opportunities } = await mine.api.opportunities.ofContact({ id: ines });
  assert.deepEqual(
    opportunities.map(({ name, num_contacts }) => [name, num_contacts]),
    [
      ["of the account", 0],
      ["x", 1],
    ],
  );
  assert.deepEqual(await mine.api.opportunities.ofContact({ id: NEVER }), { opportunities: [] });
});

test("roles are given and read by their types, as published clients do, and in words", async () => {
  const mine = await world.newTeam("Typed");
  const [ines, eva, jon] = await Promise.all(
    ["Ines Okafor", "Eva Lund", "Jon Berg"].map((name) => insertContact(world, mine, { name })),
  );
  const { opportunity } = await mine.api.opportunities.create({
    name: "x",
    opportunity_contact_roles: [{ contact_id: jon, role: "Signs the papers" }],
  });
  const { opportunity_contact_role_types: types } = await mine.api.opportunityContactRoleTypes.search();
  assert.deepEqual(types.at(-1)?.name, "Signs the papers");
  assert.deepEqual(
    types.map(({ display_order }) => display_order),
    types.map((_, index) => index + 1),
  );
  const idOf = (word: string) => types.find(({ name }) => name === word)?.id ?? "";
  const assign = (roles: unknown) =>
    call(`${world.url}/api/v1/opportunities/update_roles`, {
      method: "POST",
      key: mine.key,
      body: JSON.stringify({ opportunity_id: opportunity.id, roles }),
    });
  const typed = (word: string, is_primary: boolean) => [
    { is_primary, ...(word && { opportunity_contact_role_type_id: idOf(word) }) },
  ];
  const { status, body } = await assign([
    { contact_id: ines, is_primary: false, role: typed("Decision Maker", false) },
    { contact_id: eva, is_primary: true, role: typed("Signs the papers", true) },
    { contact_id: jon, is_primary: true, role: typed("", true) },
  ]);
  assert.equal(status, 200, JSON.stringify(body));
  const roles = async () =>
    (await mine.api.opportunities.get({ id: opportunity.id })).opportunity.opportunity_contact_roles
      .map(({ contact_id, is_primary, role, role_name }) => [
        ...[contact_id, is_primary, role[0]?.opportunity_contact_role_type_id ?? null, role_name],
      ])
      .sort((a, b) => String(a[0]).localeCompare(String(b[0])));
  const sorted = (rows: unknown[][]) => rows.sort((a, b) => String(a[0]).localeCompare(String(b[0])));
  assert.deepEqual(
    await roles(),
    sorted([
      [ines, false, idOf("Decision Maker"), "Decision Maker"],
      [eva, true, idOf("Signs the papers"), "Signs the papers"],
      [jon, false, null, null],
    ]),
  );
  // In words, without a word about who is the main contact: it stays.
  await mine.api.opportunities.update({
    id: opportunity.id,
    opportunity_contact_roles: [{ contact_id: eva, role: "decision maker" }, { contact_id: ines }],
  });
  assert.deepEqual(
    await roles(),
    sorted([
      [eva, true, idOf("Decision Maker"), "decision maker"],
      [ines, false, null, null],
    ]),
  );
  // Flat, as the form of the role itself suggests.
  const flat = await assign([
    { contact_id: jon, opportunity_contact_role_type_id: types[0]?.id },
    { contact_id: ines, role: "Decision Maker" },
  ]);
  assert.equal(flat.status, 200, JSON.stringify(flat.body));
  assert.deepEqual(
    (await roles()).map(([contact, , type]) => [contact, type]),
    sorted([
      [jon, types[0]?.id],
      [ines, idOf("Decision Maker")],
    ]),
  );
  const wrongFlat = [{ contact_id: ines, opportunity_contact_role_type_id: NEVER }];
  assert.equal((await assign(wrongFlat)).status, 422);
  await assign([{ contact_id: eva, role: "decision maker" }]);
  assert.equal((await assign([{ contact_id: NEVER, role: [] }])).status, 422);
  const wrongType = [{ contact_id: ines, role: [{ opportunity_contact_role_type_id: NEVER }] }];
  assert.equal((await assign(wrongType)).status, 422);
  const { opportunities } = await mine.api.opportunities.ofContact({ id: eva ?? "" });
  assert.deepEqual(
    opportunities[0]?.opportunity_contact_roles.find(({ contact }) => contact.id === eva)?.role,
    "decision maker",
  );
});

test("a contact keeps all its roles in a deal, by types and in words, in their order", async () => {
  const mine = await world.newTeam("Several");
  const ines = await insertContact(world, mine, {});
  const { opportunity_contact_role_types: types } = await mine.api.opportunityContactRoleTypes.search();
  const typed = (...words: string[]) =>
    words.map((word) => ({
      opportunity_contact_role_type_id: types.find(({ name }) => name === word)?.id ?? "",
      is_primary: true,
    }));
  const { opportunity } = await mine.api.opportunities.create({
    name: "x",
    opportunity_contact_roles: [
      { contact_id: ines, role_names: ["Buyer", "Signs the papers", "buyer", " "] },
    ],
  });
  assert.deepEqual(opportunity.opportunity_contact_roles[0]?.role_names, ["Buyer", "Signs the papers"]);
  const { id } = opportunity;
  const roles = [{ contact_id: ines, role: typed("Champion", "Decision Maker"), is_primary: true }];
  const { opportunity: after } = await mine.api.opportunities.updateRoles({ opportunity_id: id, roles });
  const [kept] = after.opportunity_contact_roles;
  assert.deepEqual(
    [kept?.role_names, kept?.role_name, kept?.role.map((one) => one.opportunity_contact_role_type_id)],
    [
      ["Champion", "Decision Maker"],
      "Champion, Decision Maker",
      typed("Champion", "Decision Maker").map((one) => one.opportunity_contact_role_type_id),
    ],
  );
  // As it was answered, sent back whole, with one role taken out.
  const sent = after.opportunity_contact_roles.map((one) => ({ ...one, role: one.role.slice(1) }));
  const { opportunity: last } = await mine.api.opportunities.update({ id, opportunity_contact_roles: sent });
  assert.deepEqual(last.opportunity_contact_roles[0]?.role_names, ["Decision Maker"]);
  const [shown] = (await mine.api.opportunities.ofContact({ id: ines })).opportunities;
  assert.equal(shown?.opportunity_contact_roles[0]?.role, "Decision Maker");
  const tooMany = [{ contact_id: ines, role: Array.from({ length: 21 }, () => ({})) }];
  const many = await call(`${world.url}/api/v1/opportunities/update_roles`, {
    method: "POST",
    key: mine.key,
    body: JSON.stringify({ opportunity_id: id, roles: tooMany }),
  });
  assert.equal(many.status, 422);
});

test("custom fields are kept, told where they are wrong, and cleared by null", async () => {
  const mine = await world.newTeam("Fields");
  const [text, number] = [
    await insertCustomField(world, mine, "opportunity", "Site"),
    await insertCustomField(world, mine, "opportunity", "Boilers", "number"),
  ];
  const { opportunity } = await mine.api.opportunities.create({
    name: "x",
    typed_custom_fields: { [text]: "Umeå", [number]: "many", [NEVER]: "x" },
  });
  assert.deepEqual(opportunity.typed_custom_fields, { [text]: "Umeå" });
  assert.deepEqual(Object.keys(opportunity.custom_field_errors).sort(), [NEVER, number].sort());
  const { opportunity: next } = await mine.api.opportunities.update({
    id: opportunity.id,
    typed_custom_fields: { [text]: null, [number]: 3 },
  });
  assert.deepEqual(next.typed_custom_fields, { [number]: 3 });
  assert.deepEqual((await mine.api.opportunities.search()).opportunities[0]?.typed_custom_fields, {
    [number]: 3,
  });
});

test("deals are searched by words, stage, account and owner, sorted, and paged", async () => {
  const mine = await world.newTeam("Searching");
  const stages = await stagesOf(mine);
  const account_id = await insertAccount(world, mine, { name: "Umeå Energi" });
  const won = stages.get("Closed Won")?.id ?? "";
  await mine.api.opportunities.create({ name: "Alpha", amount: "10", account_id });
  await mine.api.opportunities.create({ name: "Beta", amount: "300", opportunity_stage_id: won });
  await mine.api.opportunities.create({ name: "Gamma", owner_id: null });
  const names = async (wish: Input<"opportunities", "search">) =>
    (await mine.api.opportunities.search(wish)).opportunities.map(({ name }) => name);
  assert.deepEqual(await names({ sort_by_field: "amount" }), ["Beta", "Alpha", "Gamma"]);
  assert.deepEqual(await names({ sort_by_field: "amount", sort_ascending: true }), [
    "Alpha",
    "Beta",
    "Gamma",
  ]);
  assert.equal((await names({ sort_by_field: "is_won" }))[0], "Beta");
  assert.equal((await names({ sort_by_field: "is_closed", sort_ascending: true }))[2], "Beta");
  assert.deepEqual(await names({ sort_by_field: "name", sort_ascending: true }), ["Alpha", "Beta", "Gamma"]);
  assert.deepEqual(await names({ q_keywords: "umeå" }), ["Alpha"]);
  assert.deepEqual(await names({ opportunity_stage_id: won }), ["Beta"]);
  assert.deepEqual(await names({ account_id }), ["Alpha"]);
  assert.deepEqual(await names({ owner_id: mine.owner.id, sort_by_field: "name", sort_ascending: true }), [
    "Alpha",
    "Beta",
  ]);
  assert.deepEqual(await names({ account_id: NEVER }), []);
  const page = await mine.api.opportunities.search({ per_page: 2, page: 2, q_keywords: "a" });
  assert.deepEqual(page.pagination, { page: 2, per_page: 2, total_entries: 3, total_pages: 2 });
  assert.deepEqual(page.breadcrumbs, [
    { label: "Contains Keywords", signal_field_name: "q_keywords", value: "a", display_name: "a" },
  ]);
  const posted = await call(`${world.url}/api/v1/opportunities/search`, {
    method: "POST",
    key: mine.key,
    body: '{"per_page":"1"}',
    headers: { "content-type": "application/json" },
  });
  assert.equal((posted.body.opportunities as unknown[]).length, 1);
  assert.equal((await mine.api.opportunities.list({ per_page: 1 })).pagination.total_entries, 3);
});

test("a deleted deal is gone, and its id is remembered", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "Gone" });
  assert.deepEqual(await team.api.opportunities.delete({ id: opportunity.id }), {
    opportunity: { id: opportunity.id, deleted: true },
  });
  assert.equal((await refused(team.api.opportunities.get({ id: opportunity.id }))).status, 404);
  assert.equal((await refused(team.api.opportunities.delete({ id: opportunity.id }))).status, 404);
  const kept = await world.running.app.db.inTeam(team.id, (db) =>
    db.row("select kind from tombstones where team_id = $1 and id = $2", [team.id, opportunity.id]),
  );
  assert.deepEqual(kept, { kind: "deal" });
});

test("a stranger's deal is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { opportunity } = await team.api.opportunities.create({ name: "Secret" });
  const { id, opportunity_stage_id } = opportunity;
  assert.equal((await refused(stranger.api.opportunities.get({ id }))).status, 404);
  assert.equal(
    (await refused(stranger.api.opportunities.update({ id, name: "x" }))).message,
    "Opportunity does not exist.",
  );
  assert.equal((await refused(stranger.api.opportunities.delete({ id }))).status, 404);
  assert.equal(
    (
      await refused(
        stranger.api.opportunities.create({ name: "x", opportunity_stage_id: opportunity_stage_id ?? "" }),
      )
    ).status,
    422,
  );
  assert.deepEqual((await stranger.api.opportunities.search()).opportunities, []);
});

test("each stage is added up by currency, as it is and as likely as it is", async () => {
  const own = await world.newTeam("Totals");
  const [first, second] = (await own.api.opportunityStages.list()).opportunity_stages;
  const wishes = [
    { name: "a", amount: "1000", currency_code: "EUR", deal_probability: 50 },
    { name: "b", amount: "500", currency_code: "EUR", deal_probability: 10 },
    { name: "c", amount: "700", currency_code: "NOK", deal_probability: 100 },
    { name: "d", currency_code: "EUR" },
  ];
  for (const wish of wishes)
    await own.api.opportunities.create({ ...wish, opportunity_stage_id: first?.id ?? "" });
  await own.api.opportunities.create({
    name: "e",
    amount: "10",
    currency_code: "EUR",
    opportunity_stage_id: second?.id ?? "",
    owner_id: own.owner.id,
  });
  const { totals } = await own.api.opportunities.totals();
  const of = (stage: string | undefined, code: string) =>
    totals.find((one) => one.opportunity_stage_id === stage && one.currency_code === code);
  const sums = (one: ReturnType<typeof of>) => one && [one.deals, one.amount, one.weighted];
  assert.deepEqual(sums(of(first?.id, "EUR")), [3, 1500, 550]);
  assert.deepEqual(sums(of(first?.id, "NOK")), [1, 700, 700]);
  assert.equal(of(second?.id, "EUR")?.deals, 1);
  const { totals: named } = await own.api.opportunities.totals({ q_keywords: "a" });
  assert.deepEqual(
    named.map(({ deals }) => deals),
    [1],
  );
  const stranger = await world.newTeam("Stranger to totals");
  assert.deepEqual((await stranger.api.opportunities.totals()).totals, []);
});

test("a deal that is sent back as it was answered stays as it is, and its probability stays the stage's", async () => {
  const mine = await world.newTeam();
  const contact_id = await insertContact(world, mine);
  const { opportunity } = await mine.api.opportunities.create({ name: "Boiler", amount: "7", contact_id });
  const { opportunity: before } = await mine.api.opportunities.get({ id: opportunity.id });
  assert.deepEqual(
    before.opportunity_contact_roles.map(({ contact }) => contact.id),
    [contact_id],
  );
  const sendBack = (change: object) =>
    call(`${world.url}/api/v1/opportunities/${opportunity.id}`, {
      method: "PATCH",
      key: mine.key,
      body: JSON.stringify({ ...before, ...change }),
    });
  assert.equal((await sendBack({})).status, 200);
  const { opportunity: after } = await mine.api.opportunities.get({ id: opportunity.id });
  const { opportunity_contact_roles: roles, ...rest } = after;
  const { opportunity_contact_roles: known, ...kept } = before;
  assert.deepEqual(rest, kept);
  assert.deepEqual(roles, known);
  const moved = await sendBack({ opportunity_stage_id: null, opportunity_stage_name: "closed won" });
  assert.partialDeepStrictEqual(moved.body.opportunity, {
    stage_name: "Closed Won",
    deal_probability: 100,
    manually_updated_probability: null,
  });
  const nowhere = await sendBack({ opportunity_stage_id: null, opportunity_stage_name: "Nowhere" });
  assert.deepEqual([nowhere.status, nowhere.body.error], [422, "There is no stage Nowhere."]);
  const nobody = await sendBack({ opportunity_contact_roles: [{ role: "Buyer" }] });
  assert.deepEqual([nobody.status, nobody.body.error], [422, "Required parameter 'contact_id' missing"]);
});

test("deals are sorted by their last change", async () => {
  const mine = await world.newTeam();
  const [first, second] = [
    await mine.api.opportunities.create({ name: "First" }),
    await mine.api.opportunities.create({ name: "Second" }),
  ];
  world.advance({ minutes: 1 });
  await mine.api.opportunities.update({ id: first.opportunity.id, description: "changed" });
  const { opportunities } = await mine.api.opportunities.search({ sort_by_field: "opportunity_updated_at" });
  assert.deepEqual(
    opportunities.map(({ id }) => id),
    [first.opportunity.id, second.opportunity.id],
  );
});
