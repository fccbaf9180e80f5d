import assert from "node:assert/strict";
import { test } from "node:test";
import { STEP_TYPES } from "../../../domain/sequences/sequence-plan.ts";
import type { Touch } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

const mail = (body_html = "<p>Hi {{first_name}}</p>", rest: Partial<Touch> = {}) => ({
  emailer_template: { subject: "Question about {{company}}", body_html },
  ...rest,
});
const wait = { wait_time: 2, wait_mode: "day" } as const;
const call1 = { type: "call", ...wait } as const;

async function newSequence(at: Team, steps: Record<string, unknown>[] = [call1], rest = {}) {
  const made = await at.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: steps,
    ...rest,
  });
  return made.emailer_campaign;
}

const SIMPLE_STEPS = STEP_TYPES.filter((type) => type !== "branch");

const show = async (id: string, at = team) => at.api.sequences.show({ id });

test("a sequence is made with steps of all types that are simple, in their order, with all that they say", async () => {
  const soon = new Date(Date.now() + 86_400_000).toISOString();
  const made = await team.api.sequences.create({
    name: "All kinds",
    emailer_steps: SIMPLE_STEPS.map((type, n) => ({
      type,
      wait_time: n,
      wait_mode: (["minute", "hour", "day"] as const)[n % 3],
      note: `<p>Note <b>${n}</b></p><script>x</script>`,
      priority: "high",
      auto_skip_in_x_days: n + 1,
      max_emails_per_day: 10,
      exact_datetime: soon,
      enabled: n !== 3,
    })),
  });
  assert.deepEqual(
    made.emailer_steps.map(({ type, position }) => [type, position]),
    SIMPLE_STEPS.map((type, n) => [type, n + 1]),
  );
  const [first, second, , fourth] = made.emailer_steps;
  assert.deepEqual(
    [
      first?.note,
      first?.note_text,
      first?.auto_skip_in_x_days,
      first?.max_emails_per_day,
      first?.exact_datetime,
    ],
    ["<p>Note <b>0</b></p>", "Note 0", 1, 10, soon],
  );
  assert.deepEqual(
    [first?.priority, second?.priority],
    [null, "high"],
    "an automatic e-mail has no priority",
  );
  assert.deepEqual([first?.enabled, fourth?.enabled], [true, false]);
  assert.equal(made.emailer_touches.length, 2, "the two kinds of e-mail come with an empty mail");
  assert.deepEqual(
    made.emailer_touches.map(({ status, type }) => [status, type]),
    [
      ["to_be_reviewed", "new_thread"],
      ["to_be_reviewed", "new_thread"],
    ],
  );
  assert.deepEqual(
    [made.emailer_campaign.active, made.emailer_campaign.num_steps],
    [false, SIMPLE_STEPS.length],
  );
  assert.equal(made.emailer_campaign.user_id, team.owner.id);
  assert.deepEqual(made.team, { id: team.id, sequences_finder_empty: false });
});

test("made without rules it has none of its own, and what holds is said with its origin", async () => {
  const { id, mark_finished_if_reply } = await newSequence(team, [call1], { mark_finished_if_click: true });
  assert.equal(mark_finished_if_reply, null);
  const { effective_rules } = await show(id);
  assert.deepEqual(effective_rules.mark_finished_if_reply, { value: true, origin: "team" });
  assert.deepEqual(effective_rules.mark_finished_if_click, { value: true, origin: "sequence" });
  const { sequence_ruleset } = await team.api.rulesets.create({
    name: "Strict",
    mark_finished_if_reply: false,
  });
  await team.api.sequences.update({ id, sequence_ruleset_id: sequence_ruleset.id });
  assert.deepEqual((await show(id)).effective_rules.mark_finished_if_reply, {
    value: false,
    origin: "ruleset",
  });
});

test("the owner is the caller or who is named; an update gives the sequence away", async () => {
  const other = await newPerson(team, "olga");
  const { id, user_id } = await newSequence(team, [call1]);
  const named = await newSequence(team, [call1], { user_id: other.id });
  assert.deepEqual([user_id, named.user_id], [team.owner.id, other.id]);
  const { emailer_campaign: gift } = await other.api.sequences.create({
    name: "A gift",
    user_id: team.owner.id,
  });
  assert.equal(gift.user_id, team.owner.id, "told although a member does not see it from then on");
  const { emailer_campaign } = await team.api.sequences.update({ id, user_id: other.id });
  assert.deepEqual(
    [emailer_campaign.user_id, emailer_campaign.sharing_permission.is_owner],
    [other.id, false],
  );
  const back = await other.api.sequences.update({ id, user_id: team.owner.id, name: "Given back" });
  assert.equal(back.emailer_campaign.user_id, team.owner.id, "told although it is hidden now");
  assert.equal((await refused(other.api.sequences.show({ id }))).status, 404);
  const gone = await refused(team.api.sequences.update({ id, user_id: stranger.owner.id }));
  assert.deepEqual([gone.status, gone.code], [422, "owner_not_found"]);
});

let people = 0;
async function newPerson(at: Team, name: string, role: "admin" | "member" = "member") {
  const email = `${name}${++people}@example.no`;
  const password = "a password long enough";
  const { user, invitation_url } = await at.api.users.invite({ email, role });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, ...(await world.signIn(email, password)) };
}

test("each refusal of a sequence has its sentence", async () => {
  const empty = (await team.api.schedules.create({ name: "Empty" })).emailer_schedule.id;
  const foreign = (await stranger.api.schedules.list()).emailer_schedules[0]?.id;
  const past = new Date(Date.now() - 60_000).toISOString();
  const [soon, later] = [60_000, 120_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const dated = (exact_datetime?: string) => ({ type: "call", exact_datetime });
  const email = (touch: object) => ({ type: "auto_email", ...wait, emailer_touches: [touch] });
  const cases: [Record<string, unknown>, number, string, string?][] = [
    [
      { emailer_steps: [{ type: "call", wait_mode: "day" }] },
      422,
      "wait_time_missing",
      "Wait time must not be empty",
    ],
    [{ emailer_steps: [{ type: "call", wait_time: null, wait_mode: "day" }] }, 422, "wait_time_missing"],
    [{ emailer_steps: [{ type: "call", wait_time: 1 }] }, 422, "wait_mode_missing"],
    [{ emailer_steps: [wait] }, 422, "step_type_missing"],
    [{ emailer_steps: [{ type: "pigeon", ...wait }] }, 422, "parameter_invalid"],
    [
      { emailer_steps: [email(mail("", { status: "approved" }))] },
      422,
      "template_without_content",
      "Please make sure your template has content before turning it on.",
    ],
    [
      { emailer_steps: [email(mail("<p> &nbsp; </p><script>x</script>", { status: "approved" }))] },
      422,
      "template_without_content",
    ],
    [{ emailer_steps: [email(mail("x", { type: "reply_to_thread" }))] }, 422, "reply_without_thread"],
    [
      { emailer_steps: [{ type: "action_item", ...wait, emailer_touches: [mail()] }] },
      422,
      "touch_not_for_this_step",
    ],
    [{ emailer_steps: [dated(past)] }, 422, "exact_time_past"],
    [{ sequence_by_exact_daytime: true, emailer_steps: [dated(soon), dated()] }, 422, "exact_time_missing"],
    [
      { sequence_by_exact_daytime: true, emailer_steps: [dated(later), dated(soon)] },
      422,
      "exact_times_out_of_order",
    ],
    [
      { emailer_schedule_id: empty },
      422,
      "schedule_empty",
      "The schedule you are trying to attach to this sequence is empty. You cannot attach an empty schedule to the sequence",
    ],
    [{ emailer_schedule_id: foreign }, 422, "schedule_not_found"],
    [
      { active: true },
      422,
      "sequence_without_steps",
      "Please make sure you have added at least 1 step before turning on the sequence.",
    ],
    [{ same_account_reply_delay_days: 1001 }, 422, "parameter_invalid"],
    [{ max_emails_per_day: -1 }, 422, "parameter_invalid"],
    [{ excluded_contact_stage_ids: ["64f0aa0000000000000000ff"] }, 422, "stage_not_found"],
    [{ excluded_account_stage_ids: ["64f0aa0000000000000000ff"] }, 422, "stage_not_found"],
    [{ folder_id: "64f0aa0000000000000000ff" }, 422, "folder_not_found"],
    [{ sequence_ruleset_id: "64f0aa0000000000000000ff" }, 422, "ruleset_not_found"],
    [
      { emailer_steps: [email({ emailer_template: { id: "64f0aa0000000000000000ff" } })] },
      422,
      "template_not_found",
    ],
  ];
  const before = (await team.api.sequences.search()).pagination.total_entries;
  for (const [input, status, code, sentence] of cases) {
    const refusal = await refused(team.api.sequences.create(input));
    assert.deepEqual([refusal.status, refusal.code], [status, code], JSON.stringify(input));
    if (sentence) assert.equal(refusal.message, sentence);
  }
  assert.equal(
    (await team.api.sequences.search()).pagination.total_entries,
    before,
    "and nothing is left behind",
  );
});

test("a sequence by exact date and time needs no waits", async () => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const { id } = await newSequence(
    team,
    [
      { type: "call", exact_datetime: at(60_000) },
      { type: "auto_email", exact_datetime: at(120_000) },
    ],
    { sequence_by_exact_daytime: true },
  );
  world.advance({ hours: 1 });
  await team.api.sequences.update({ id, name: "Renamed after its dates have passed" });
  const turned = await newSequence(team, [call1]);
  const refusal = await refused(
    team.api.sequences.update({ id: turned.id, sequence_by_exact_daytime: true }),
  );
  assert.equal(refusal.code, "exact_time_missing");
});

test("approve, abort and archive switch once and refuse twice, in Apollo's words", async () => {
  const { id } = await newSequence(team);
  const on = await team.api.sequences.approve({ id });
  assert.deepEqual(
    [
      on.emailer_campaign.id,
      on.emailer_campaign.active,
      on.emailer_campaign.unique_scheduled,
      on.emailer_steps.length,
    ],
    [id, true, 0, 1],
  );
  const again = await refused(team.api.sequences.approve({ id }));
  assert.deepEqual([again.status, again.message], [422, "The sequence is already active."]);
  assert.equal((await team.api.sequences.abort({ id })).emailer_campaign.active, false);
  const off = await refused(team.api.sequences.abort({ id }));
  assert.deepEqual([off.status, off.message], [422, "The sequence is already inactive."]);
  await team.api.sequences.approve({ id });
  const { emailer_campaign } = await team.api.sequences.archive({ id });
  assert.deepEqual(
    [emailer_campaign.active, emailer_campaign.archived, emailer_campaign.deleted],
    [false, true, true],
  );
  assert.equal(
    (await team.api.sequences.archive({ id })).emailer_campaign.archived,
    true,
    "once more says the same",
  );
  assert.equal((await refused(team.api.sequences.approve({ id }))).code, "sequence_archived");
  await team.api.sequences.change({ id, archived: false });
  await team.api.sequences.approve({ id });
  const empty = await newSequence(team, []);
  assert.equal(
    (await refused(team.api.sequences.approve({ id: empty.id }))).message,
    "Please make sure you have added at least 1 step before turning on the sequence.",
  );
});

test("of many who approve at once, one does and the others are told", async () => {
  const { id } = await newSequence(team);
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => team.api.sequences.approve({ id })),
  );
  assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
  for (const result of results)
    if (result.status === "rejected") assert.equal(result.reason.code, "sequence_active_already");
});

test("writes to a sequence wait their turn; one held for too long is told in Apollo's words", async () => {
  const { id } = await newSequence(team);
  const names = Array.from({ length: 12 }, (_, n) => `Name ${n}`);
  const updates = await Promise.all(names.map((name) => team.api.sequences.update({ id, name })));
  assert.deepEqual(
    updates.map(({ name }) => name),
    names,
    "ordinary parallel use succeeds",
  );
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select 1 from sequences where id = $1 for update", [id]);
    const refusal = await refused(team.api.sequences.update({ id, name: "Too late" }));
    assert.deepEqual(
      [refusal.status, refusal.message],
      [429, "We are already processing the request for your sequence"],
    );
    const key = { idempotencyKey: "once more, please" };
    assert.equal((await refused(team.api.sequences.update({ id, name: "In time" }, key))).status, 429);
    await client.query("rollback");
    const again = await team.api.sequences.update({ id, name: "In time" }, key);
    assert.equal(again.name, "In time", "being busy is no answer to remember");
  });
});

test("a list of steps changes, makes and removes; positions run from one without a gap", async () => {
  const { id } = await newSequence(team, [
    call1,
    { type: "auto_email", ...wait, emailer_touches: [mail()] },
    { type: "action_item", ...wait },
  ]);
  const [first, second, third] = (await show(id)).emailer_steps;
  const updated = await team.api.sequences.update({
    id,
    emailer_steps: [
      { id: third?.id, position: 1, note: "<p>Now first</p>" },
      { id: second?.id, position: 2, wait_time: 5 },
      {
        type: "manual_email",
        position: 3,
        ...wait,
        emailer_touches: [mail("x", { type: "reply_to_thread" })],
      },
    ],
  });
  assert.deepEqual(
    updated.steps.map(({ position, step_type, wait_time }) => [position, step_type, wait_time]),
    [
      [1, "action_item", 2],
      [2, "auto_email", 5],
      [3, "manual_email", 2],
    ],
  );
  assert.deepEqual(
    updated.emailer_steps.slice(0, 2).map((step) => step.id),
    [third?.id, second?.id],
  );
  assert.equal(updated.emailer_touches.length, 2, "a step whose mails are not sent keeps them");
  assert.equal((await refused(team.api.steps.show({ id: first?.id ?? "" }))).status, 404);
  assert.deepEqual([updated.id, updated.emailer_campaign.id, updated.num_steps], [id, id, 3]);

  await team.api.sequences.update({ id, name: "Only the name" });
  assert.equal((await show(id)).emailer_steps.length, 3, "without a list the steps stay");
  const foreign = await newSequence(team);
  const foreignStep = (await show(foreign.id)).emailer_steps[0]?.id;
  const cases: [Record<string, unknown>[], string][] = [
    [[], "last_step"],
    [[{ id: foreignStep }], "step_not_found"],
    [[{ id: second?.id }, { id: second?.id }], "step_not_found"],
    [[{ id: updated.steps[2]?.id }, { id: second?.id }], "reply_without_thread"],
  ];
  for (const [emailer_steps, code] of cases)
    assert.equal((await refused(team.api.sequences.update({ id, emailer_steps }))).code, code);
  assert.deepEqual(
    (await show(id)).emailer_steps.map(({ position }) => position),
    [1, 2, 3],
  );
});

test("PATCH works as PUT does, and a wrapped body as a flat one", async () => {
  const { id } = await newSequence(team);
  const ask = (method: string, path: string, body: object) =>
    call(`${world.url}/v1/${path}`, {
      method,
      key: team.key,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const patched = await ask("PATCH", `sequences/${id}`, {
    emailer_campaign: { name: "Wrapped", active: "true" },
  });
  assert.deepEqual([patched.status, patched.body.name, patched.body.active], [200, "Wrapped", true]);
  const put = await ask("PUT", `emailer_campaigns/${id}`, {
    name: "Flat",
    emailer_campaign: { name: "Wrapped" },
  });
  assert.equal((put.body.emailer_campaign as { name: string }).name, "Flat", "what is said plainly wins");
  const made = await ask("POST", "emailer_campaigns", { emailer_campaign: { name: "Made wrapped" } });
  assert.equal((made.body.emailer_campaign as { name: string }).name, "Made wrapped");
  const bodiless = await call(`${world.url}/v1/emailer_campaigns/${id}/abort`, {
    method: "POST",
    key: team.key,
  });
  assert.equal(bodiless.status, 200);
  const listed = await call(`${world.url}/v1/emailer_campaigns?api_key=${team.key}`);
  assert.ok((listed.body.emailer_campaigns as unknown[]).length > 0);
});

test("the web's way of making a sequence excludes the usual stages that a team has", async () => {
  const named = async (kind: "contact" | "account", names: string[]) =>
    asOwner(world, async (client) => {
      for (const name of names)
        await client.query(
          `insert into ${kind}_stages (team_id, id, name, position) values ($1, new_ident(), $2, 1) on conflict do nothing`,
          [team.id, name],
        );
      const found = await client.query<{ id: string }>(
        `select id from ${kind}_stages where team_id = $1 and name = any($2) order by id`,
        [team.id, names],
      );
      return found.rows.map(({ id }) => id);
    });
  await named("contact", ["Fresh"]);
  const contact = await named("contact", ["Replied", "Bad Data"]);
  const account = await named("account", ["Do Not Prospect"]);
  const { emailer_campaign, emailer_steps } = await team.api.sequences.start({ name: "By the web" });
  for (const stage of contact) assert.ok(emailer_campaign.excluded_contact_stage_ids.includes(stage));
  for (const stage of account) assert.ok(emailer_campaign.excluded_account_stage_ids.includes(stage));
  assert.deepEqual(emailer_steps, []);
  const plain = await newSequence(team);
  assert.deepEqual([plain.excluded_contact_stage_ids, plain.excluded_account_stage_ids], [[], []]);
  const { emailer_campaign: changed } = await team.api.sequences.update({
    id: plain.id,
    excluded_contact_stage_ids: contact,
  });
  assert.deepEqual(changed.excluded_contact_stage_ids, contact);
});

test("a search finds by words of the name, by status, and page by page in the order wished", async () => {
  const mine = await world.newTeam("Searchers");
  const made: Record<string, string> = {};
  for (const name of ["Nordic plants", "Nordic mills", "Plants of the South", "100% organic_x"])
    made[name] = (await newSequence(mine, [call1], { name })).id;
  await mine.api.sequences.approve({ id: made["Nordic mills"] ?? "" });
  await mine.api.sequences.archive({ id: made["Plants of the South"] ?? "" });
  const names = async (input: Parameters<typeof mine.api.sequences.search>[0]) =>
    (await mine.api.sequences.search(input)).emailer_campaigns.map(({ name }) => name);

  assert.deepEqual(
    await names({}),
    ["100% organic_x", "Nordic mills", "Nordic plants"],
    "newest first, archived left out",
  );
  assert.deepEqual(await names({ q_name: "PLANT nord" }), ["Nordic plants"]);
  assert.deepEqual(await names({ q_name: "%" }), ["100% organic_x"]);
  assert.deepEqual(await names({ q_name: "_" }), ["100% organic_x"]);
  assert.deepEqual(await names({ q_name: "nowhere" }), []);
  assert.deepEqual(await names({ emailer_campaign_status: "active" }), ["Nordic mills"]);
  assert.deepEqual(await names({ emailer_campaign_status: "inactive" }), ["100% organic_x", "Nordic plants"]);
  assert.deepEqual(await names({ emailer_campaign_status: "archived" }), ["Plants of the South"]);
  assert.deepEqual(await names({ sort_by_field: "name", sort_ascending: true }), [
    "100% organic_x",
    "Nordic mills",
    "Nordic plants",
  ]);
  assert.deepEqual(await names({ sort_by_field: "name" }), [
    "Nordic plants",
    "Nordic mills",
    "100% organic_x",
  ]);
  assert.deepEqual((await names({ sort_by_field: "drop table", sort_ascending: true }))[0], "100% organic_x");
  assert.deepEqual(await names({ page: 2, per_page: 2 }), ["Nordic plants"]);
  assert.deepEqual(await names({ user_ids: [mine.owner.id], q_name: "mills" }), ["Nordic mills"]);
  assert.deepEqual(await names({ user_ids: ["64f0aa0000000000000000ff"] }), []);
  const beyond = await mine.api.sequences.search({ page: 9, per_page: 2 });
  assert.deepEqual(beyond.pagination, { page: 9, per_page: 2, total_entries: 3, total_pages: 2 });
  const crumbs = await mine.api.sequences.search({ q_name: "Nordic" });
  assert.deepEqual(crumbs.breadcrumbs, [
    { label: "Name", signal_field_name: "q_name", value: "Nordic", display_name: "Nordic" },
  ]);
  const asGet = await call(`${world.url}/v1/emailer_campaigns/search?q_name=mills&per_page=1`, {
    key: mine.key,
  });
  assert.deepEqual(asGet.body.pagination, { page: 1, per_page: 1, total_entries: 1, total_pages: 1 });
});

test("labels come by name and are replaced; a search narrows by them, by folder and by star", async () => {
  const { id, label_ids } = await newSequence(team, [call1], { label_names: ["Spring", "spring ", "North"] });
  assert.equal(label_ids.length, 2);
  const found = await team.api.sequences.search({ label_ids: label_ids.slice(0, 1) });
  assert.deepEqual(
    found.emailer_campaigns.map((one) => one.id),
    [id],
  );
  const { emailer_campaign } = await team.api.sequences.update({ id, label_names: ["North"] });
  assert.equal(emailer_campaign.label_ids.length, 1);
  const { emailer_campaign: by } = await team.api.sequences.change({ id, label_ids });
  assert.deepEqual(by.label_ids, label_ids);

  const { folder } = await team.api.folders.create({ kind: "sequences", name: "Q3" });
  await team.api.sequences.update({ id, folder_id: folder.id });
  assert.deepEqual(
    (await team.api.sequences.search({ folder_id: folder.id })).emailer_campaigns.map((one) => one.id),
    [id],
  );
  const starred = await team.api.stars.starSequence({ id });
  assert.deepEqual(starred.emailer_campaign.starred_by_user_ids, [team.owner.id]);
  await team.api.stars.starSequence({ id });
  assert.deepEqual(
    (await team.api.sequences.search({ starred: true })).emailer_campaigns.map((one) => one.id),
    [id],
  );
  assert.deepEqual((await team.api.stars.unstarSequence({ id })).emailer_campaign.starred_by_user_ids, []);
});

test("a clone has steps, mails and rules of its own, no schedule, and is off", async () => {
  const schedule = (await team.api.schedules.list()).emailer_schedules[0]?.id;
  const { id } = await newSequence(
    team,
    [
      {
        type: "auto_email",
        ...wait,
        emailer_touches: [mail("A", { status: "approved", weight: 3 }), mail("B")],
      },
      call1,
    ],
    { emailer_schedule_id: schedule, mark_finished_if_click: true, label_names: ["Cloned"], active: true },
  );
  const original = await show(id);
  const copy = await team.api.sequences.clone({ id });
  const { emailer_campaign } = copy;
  assert.deepEqual(
    [
      emailer_campaign.name,
      emailer_campaign.active,
      emailer_campaign.emailer_schedule_id,
      emailer_campaign.mark_finished_if_click,
    ],
    ["Nordic plants (Copy)", false, null, true],
  );
  assert.deepEqual(emailer_campaign.label_ids, original.emailer_campaign.label_ids);
  assert.deepEqual(
    copy.emailer_touches.map(({ weight, status }) => [weight, status]),
    [
      [3, "approved"],
      [1, "to_be_reviewed"],
    ],
  );
  const ids = (tree: typeof copy) =>
    [...tree.emailer_steps, ...tree.emailer_touches, ...tree.emailer_templates].map((one) => one.id);
  assert.equal(new Set([...ids(original), ...ids(copy)]).size, 12, "nothing is shared");
  assert.equal((await team.api.sequences.clone({ id, name: "Named" })).emailer_campaign.name, "Named");
});

test("a stranger's sequence is not there, for any call", async () => {
  const { id } = await newSequence(stranger);
  const step = (await show(id, stranger)).emailer_steps[0]?.id ?? "";
  const calls = [
    () => team.api.sequences.show({ id }),
    () => team.api.sequences.update({ id, name: "x" }),
    () => team.api.sequences.change({ id, name: "x" }),
    () => team.api.sequences.approve({ id }),
    () => team.api.sequences.abort({ id }),
    () => team.api.sequences.archive({ id }),
    () => team.api.sequences.clone({ id }),
    () => team.api.stars.starSequence({ id }),
    () => team.api.steps.create({ emailer_campaign_id: id, type: "call" }),
    () => team.api.steps.show({ id: step }),
    () => team.api.steps.update({ id: step, wait_time: 1 }),
    () => team.api.steps.remove({ id: step }),
    () => team.api.touches.create({ emailer_step_id: step }),
    () => team.api.touches.list({ emailer_campaign_id: id }),
  ];
  for (const attempt of calls) {
    const refusal = await refused(attempt());
    assert.deepEqual([refusal.status, refusal.message], [404, "Record not found."], String(attempt));
  }
});

test("sharing says who sees, changes and manages a sequence", async () => {
  const group = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "insert into subteams (team_id, id, name, created_at) values ($1, new_ident(), 'Nord', now()) returning id",
      [team.id],
    );
    return rows[0]?.id ?? "";
  });
  const [viewer, editor, manager, grouped, nobody] = await Promise.all(
    ["viewer", "editor", "manager", "grouped", "nobody"].map((name) => newPerson(team, name)),
  );
  assert.ok(viewer && editor && manager && grouped && nobody);
  await asOwner(world, (client) =>
    client.query("insert into subteam_members (team_id, subteam_id, user_id) values ($1, $2, $3)", [
      team.id,
      group,
      grouped.id,
    ]),
  );
  const { id } = await newSequence(team);
  const access = (
    user_or_team_id: string,
    access_type: "can_view" | "can_edit" | "full_access",
    user_or_team_type: "user" | "subteam" = "user",
  ) => ({ user_or_team_id, user_or_team_type, access_type }) as const;
  const { emailer_campaign } = await team.api.sequences.update({
    id,
    sharing_permission: {
      added_sharing_accesses: [
        access(viewer.id, "can_view"),
        access(editor.id, "can_edit"),
        access(manager.id, "full_access"),
        access(group, "can_edit", "subteam"),
      ],
    },
  });
  assert.equal(emailer_campaign.sharing_permission.sharing_accesses.length, 4);

  const may = async (person: { api: Team["api"] }) => {
    const outcome = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => 200,
        (error: { status: number }) => error.status,
      );
    return [
      await outcome(person.api.sequences.show({ id })),
      await outcome(person.api.sequences.update({ id, description: "changed" })),
      await outcome(person.api.sequences.update({ id, sharing_permission: { access_type: null } })),
      await outcome(person.api.sequences.archive({ id }, { dryRun: true })),
      (await person.api.sequences.search({})).emailer_campaigns.filter((one) => one.id === id).length,
    ];
  };
  assert.deepEqual(await may(viewer), [200, 403, 403, 403, 1]);
  assert.deepEqual(await may(editor), [200, 200, 403, 403, 1]);
  assert.deepEqual(await may(grouped), [200, 200, 403, 403, 1]);
  assert.deepEqual(await may(manager), [200, 200, 200, 200, 1]);
  assert.deepEqual(await may(nobody), [404, 404, 404, 404, 0]);
  assert.deepEqual(await may(team), [200, 200, 200, 200, 1]);

  await team.api.sequences.update({
    id,
    sharing_permission: {
      updated_sharing_accesses: [{ user_or_team_id: viewer.id, access_type: "full_access" }],
      deleted_sharing_accesses: [{ user_or_team_id: editor.id }],
    },
  });
  assert.deepEqual(await may(viewer), [200, 200, 200, 200, 1]);
  assert.deepEqual(await may(editor), [404, 404, 404, 404, 0]);

  await team.api.sequences.update({
    id,
    sharing_permission: { visibility: "everyone", access_type: "can_edit" },
  });
  assert.deepEqual((await may(nobody)).slice(0, 3), [200, 200, 403]);
  const reset = await team.api.sequences.update({ id, sharing_permission: { visibility: "restricted" } });
  assert.equal(reset.emailer_campaign.sharing_permission.access_type, null, "a new visibility resets it");
  const unknown = await refused(
    team.api.sequences.update({
      id,
      sharing_permission: { added_sharing_accesses: [access(stranger.owner.id, "can_view")] },
    }),
  );
  assert.equal(unknown.code, "sharing_partner_not_found");
  const older = await team.api.sequences.change({ id, permissions: "team_can_use" });
  assert.deepEqual(
    [older.emailer_campaign.permissions, older.emailer_campaign.sharing_permission.visibility],
    ["team_can_use", "everyone"],
  );
});

test("every change is told", async () => {
  const { id } = await newSequence(team);
  await team.api.sequences.approve({ id });
  await team.api.sequences.abort({ id });
  await team.api.sequences.update({ id, name: "Told" });
  await team.api.sequences.archive({ id });
  const { audit_log } = await team.api.auditLog.list({ subject_id: id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["sequence.archived", "sequence.changed", "sequence.aborted", "sequence.approved", "sequence.created"],
  );
  assert.equal(audit_log[3]?.sentence, "Ole Dahl activated the sequence Nordic plants");
});
