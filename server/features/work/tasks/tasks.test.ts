import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { insertAccount, insertContact } from "../../../testing/records.ts";
import { unchecked } from "../../../testing/unchecked.ts";
import { call, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { changeTask, finishTask } from "../../desk/tasks/commands.ts";

let team: Team;
let contact: string;
let account: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  account = await insertAccount(opened, team);
  contact = await insertContact(opened, team, { email: "ines@example.se", accountId: account });
});

const NEVER = "64f0aa0000000000000000ff";

async function newMember(at: Team, name: string) {
  const email = `${name}@people.example.no`;
  const { user, invitation_url } = await at.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { id: user.id, api: (await world.signIn(email, password)).api };
}

function wish(extra: Partial<Input<"tasks", "create">> = {}) {
  return {
    type: "call" as const,
    status: "scheduled" as const,
    user_id: team.owner.id,
    contact_id: contact,
    due_at: "2026-02-15T10:00:00",
    ...extra,
  };
}

test("a task is made as Apollo's sample shows, its title made up", async () => {
  const { task } = await team.api.tasks.create(wish({ priority: "high", note: "Ask about Q3" }));
  assert.deepEqual(
    [
      task.title,
      task.due_at,
      task.status,
      task.priority,
      task.created_from,
      task.creator_id,
      task.account_id,
    ],
    ["Call Ines Okafor", "2026-02-15T10:00:00.000+00:00", "scheduled", "high", "api", team.owner.id, account],
  );
  assert.deepEqual(task.contact, { id: contact, name: "Ines Okafor", email: "ines@example.se" });
  assert.deepEqual(task.account, { id: account, name: "Norrland Kraft" });
  const { task: shown } = await team.api.tasks.get({ id: task.id });
  assert.deepEqual([shown.note_text, shown.campaign_name, shown.opportunity], ["Ask about Q3", null, null]);
  const { task: again } = await team.api.tasks.create(wish({ title: "Ring" }));
  assert.deepEqual([again.title, again.priority, again.id === task.id], ["Ring", "medium", false]);
});

test("an account or a deal will do, and what is logged afterwards is done already", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler", account_id: account });
  const { task: ofDeal } = await team.api.tasks.create({
    type: "action_item",
    user_id: team.owner.id,
    opportunity_id: opportunity.id,
  });
  assert.deepEqual(
    [ofDeal.title, ofDeal.opportunity_id, ofDeal.account_id],
    ["Action item for Boiler", opportunity.id, account],
  );
  assert.partialDeepStrictEqual((await team.api.tasks.get({ id: ofDeal.id })).task.opportunity, {
    id: opportunity.id,
    name: "Boiler",
  });
  const { task: ofAccount } = await team.api.tasks.create({
    type: "call",
    user_id: team.owner.id,
    account_id: account,
  });
  assert.deepEqual([ofAccount.contact, ofAccount.title], [null, "Call Norrland Kraft"]);
  const { task: logged } = await team.api.tasks.create(wish({ status: "completed" }));
  assert.ok(logged.completed_at && !logged.skipped_at);
  assert.ok((await team.api.tasks.create(wish({ status: "skipped" }))).task.skipped_at);
});

test("what is wrong is refused in Apollo's words", async () => {
  const { type: _, ...noType } = wish();
  const { user_id: __, ...noUser } = wish();
  for (const incomplete of [noType, {}]) {
    const refusal = await refused(team.api.tasks.create(incomplete));
    assert.deepEqual([refusal.status, refusal.message], [422, "type and user can not be blank"]);
  }
  assert.equal((await team.api.tasks.create(noUser)).task.user_id, team.owner.id, "it is the caller's to do");
  const { contact_id: ___, ...noContact } = wish();
  assert.equal(
    (await refused(team.api.tasks.create(noContact))).message,
    "Required parameter 'contact_id' missing",
  );
  for (const bad of [
    { contact_id: NEVER },
    { user_id: NEVER },
    { creator_id: NEVER },
    { account_id: NEVER },
    { opportunity_id: NEVER },
  ]) {
    const refusal = await refused(team.api.tasks.create(wish(bad)));
    assert.deepEqual(
      [refusal.status, refusal.message],
      [422, `Parameters misconfigured. ${NEVER} is not a valid ID`],
    );
  }
  assert.equal((await refused(team.api.tasks.create(wish({ type: unchecked("fax") })))).status, 422);
  assert.deepEqual(
    (await refused(team.api.tasks.get({ id: NEVER }))).message,
    "This task or emailer message has been deleted. Please refresh your page.",
  );
  assert.deepEqual(
    (await refused(team.api.tasks.update({ id: NEVER }))).message,
    "This task has been deleted. Please refresh your page.",
  );
});

test("in bulk, one task per contact, or those listed, all of them or none", async () => {
  const others = await Promise.all(["Eva Lund", "Bo Ek"].map((name) => insertContact(world, team, { name })));
  const { contact_id: _, ...common } = wish();
  const made = await team.api.tasks.bulkCreate({ ...common, contact_ids: [...others, ...others] });
  assert.deepEqual(
    [made.success, made.tasks.map(({ title }) => title)],
    [true, ["Call Eva Lund", "Call Bo Ek"]],
  );
  const listed = await team.api.tasks.bulkCreate({
    tasks_attributes: [wish({ title: "one" }), wish({ title: "two" })],
  });
  assert.deepEqual(
    listed.tasks.map(({ title }) => title),
    ["one", "two"],
  );
  const { tasks } = await team.api.tasks.bulkCreate({ tasks: [wish()] });
  assert.equal(tasks.length, 1);
  const old = await team.api.tasks.bulkCreate({ priority: "low", contact_ids: [contact] });
  assert.deepEqual([old.tasks[0]?.type, old.tasks[0]?.user_id], ["action_item", team.owner.id]);

  const before = await rowCounts(world);
  const refusal = await refused(team.api.tasks.bulkCreate({ ...common, contact_ids: [...others, NEVER] }));
  assert.deepEqual([refusal.status, refusal.code], [422, "unknown_id"]);
  assert.equal(
    (await refused(team.api.tasks.bulkCreate({ ...common }))).message,
    "Required parameter 'contact_id' missing",
  );
  assert.deepEqual(await rowCounts(world), before, "nothing of a refused batch stays");
});

/** A user is at the task while it is postponed with others. */
async function postponedDuring(work: (act: Act, id: string) => Promise<unknown>) {
  const { tasks } = await team.api.tasks.bulkCreate({ tasks: [wish({ priority: "low" })] });
  const id = tasks[0]?.id ?? "";
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, postponed] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act) => {
        await work(act, id);
        await beforeCommit();
      }),
    () => team.api.tasks.bulkUpdate({ ids: [id], due_at: "2027-03-01T09:00:00.000+00:00" }),
  );
  return { postponed, task: (await team.api.tasks.get({ id })).task };
}

test("a priority that is given while the task is postponed stays", async () => {
  const { task } = await postponedDuring((act, id) => changeTask(act, id, { priority: "high" }));
  assert.deepEqual([task.priority, task.due_at], ["high", "2027-03-01T09:00:00.000+00:00"]);
});

test("a task that is done while it is postponed is named as one that was not", async () => {
  const { postponed } = await postponedDuring((act, id) => finishTask(act, id, "completed", undefined));
  assert.deepEqual(
    postponed.left.map(({ code }) => code),
    ["task_finished"],
  );
});

test("many tasks are completed, reopened, postponed and assigned at once, and those that cannot be are named", async () => {
  const member = await newMember(team, "many");
  const { tasks } = await team.api.tasks.bulkCreate({
    tasks: ["one", "two", "three"].map((title) => wish({ title, priority: "high" })),
  });
  const ids = tasks.map(({ id }) => id).sort();
  const shown = async () => Promise.all(ids.map(async (id) => (await team.api.tasks.get({ id })).task));
  const due_at = "2027-03-01T09:00:00.000+00:00";
  const moved = await team.api.tasks.bulkUpdate({ ids: [...ids, NEVER], due_at, user_id: member.id });
  assert.deepEqual(
    [moved.success, moved.task_ids, moved.left.map(({ id, code }) => [id, code])],
    [false, ids, [[NEVER, "task_deleted"]]],
  );
  for (const task of await shown())
    assert.deepEqual(
      [task.due_at, task.user_id, task.priority, task.creator_id],
      [due_at, member.id, "high", team.owner.id],
      "what is not said stays",
    );
  const done = await team.api.tasks.bulkComplete({ ids });
  assert.deepEqual([done.success, done.task_ids], [true, ids]);
  const again = await team.api.tasks.bulkComplete({ ids });
  assert.deepEqual(
    [again.task_ids, again.left.map(({ code }) => code)],
    [[], ids.map(() => "task_finished")],
  );
  const late = await team.api.tasks.bulkUpdate({ ids, priority: "low" });
  assert.deepEqual(late.task_ids, [], "a task that is done stays as it is");
  const back = await team.api.tasks.bulkReopen({ ids });
  assert.deepEqual(back.task_ids, ids);
  assert.deepEqual(
    (await shown()).map(({ status }) => status),
    ["scheduled", "scheduled", "scheduled"],
  );
  const others = await member.api.tasks.bulkComplete({
    ids: [(await team.api.tasks.create(wish())).task.id, ...ids],
  });
  assert.deepEqual([others.task_ids, others.left.length], [ids, 1], "another user's task is left");
});

test("a text message is a task with its words, and is found among text messages", async () => {
  const words = { body_text: "Hi, it is Ole" };
  for (const type of ["sms", "whatsapp"] as const) {
    const { task } = await team.api.tasks.create(wish({ type, standalone_outreach_task_message: words }));
    assert.equal((await team.api.tasks.get({ id: task.id })).task.call_script, "Hi, it is Ole");
  }
  const { tasks } = await team.api.tasks.search({ task_types: ["text_messages"], per_page: 100 });
  assert.deepEqual([...new Set(tasks.map(({ type }) => type))].sort(), ["sms", "whatsapp"]);
});

test("a user sees how many LinkedIn tasks they have today beside the limit", async () => {
  const member = await newMember(team, "linked");
  const of = { user_id: member.id, type: "linkedin_step_connect" as const };
  const { task } = await team.api.tasks.create(wish({ ...of, due_at: "2026-01-01" }));
  await team.api.tasks.create(wish({ ...of, due_at: "2099-01-01" }));
  const limits = async () => (await member.api.tasks.dailyLimits()).daily_limits;
  assert.deepEqual(await limits(), [{ type: of.type, limit: 20, done: 0, open: 1 }]);
  await member.api.tasks.complete({ id: task.id });
  assert.deepEqual(await limits(), [{ type: of.type, limit: 20, done: 1, open: 0 }]);
  await team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: null } });
  assert.deepEqual(await limits(), []);
  await team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: 20 } });
  assert.equal((await refused(team.api.tasks.dailyLimits({ user_id: NEVER }))).code, "unknown_id");
});

test("changing a scheduled task without naming priority and creator sets them back", async () => {
  const { id: creator_id } = await newMember(team, "creator");
  const { task } = await team.api.tasks.create(wish({ priority: "high", creator_id }));
  const { task: noted } = await team.api.tasks.update({ id: task.id, note: "<b>new</b>" });
  assert.deepEqual(
    [noted.note, noted.note_text, noted.priority, noted.creator_id],
    ["<b>new</b>", "new", "medium", team.owner.id],
  );
  const { task: kept } = await team.api.tasks.update({
    id: task.id,
    priority_cd: "low",
    creator_id,
    title: "T",
    type: "action_item",
    due_at: "2026-03-01",
    call_script: "Hello",
    relevant_fields: ["title"],
  });
  assert.deepEqual(
    [
      kept.priority,
      kept.creator_id,
      kept.title,
      kept.type,
      kept.due_at,
      kept.call_script,
      kept.relevant_fields,
      kept.note,
    ],
    [
      "low",
      creator_id,
      "T",
      "action_item",
      "2026-03-01T00:00:00.000+00:00",
      "Hello",
      ["title"],
      "<b>new</b>",
    ],
  );
  const other = await insertContact(world, team, { name: "Eva Lund" });
  const { task: moved } = await team.api.tasks.update({
    id: task.id,
    contact_id: other,
    status: "completed",
  });
  assert.deepEqual(
    [moved.contact?.name, moved.account_id, moved.status, moved.completed_by_user_id],
    ["Eva Lund", null, "completed", team.owner.id],
  );
  assert.equal((await refused(team.api.tasks.update({ id: task.id, contact_id: NEVER }))).code, "unknown_id");
});

test("of a task that is done only note, priority and contact change", async () => {
  const { task } = await team.api.tasks.create(wish({ priority: "high", status: "skipped", title: "done" }));
  const { task: next } = await team.api.tasks.update({
    id: task.id,
    title: "other",
    note: "n",
    status: "scheduled",
    due_at: "2030-01-01",
    type: "action_item",
  });
  assert.deepEqual(
    [next.title, next.note, next.status, next.type, next.priority],
    ["done", "n", "skipped", "call", "high"],
  );
  assert.equal((await team.api.tasks.update({ id: task.id, priority: "low" })).task.priority, "low");
});

test("a task is completed or skipped once, with a note if there is one", async () => {
  const { task } = await team.api.tasks.create(wish({ note: "before" }));
  const { task: done } = await team.api.tasks.complete({ id: task.id, note: "went well" });
  assert.ok("status" in done);
  assert.deepEqual(
    [done.status, done.note, done.completed_by_user_id],
    ["completed", "went well", team.owner.id],
  );
  for (const again of [
    () => team.api.tasks.complete({ id: task.id }),
    () => team.api.tasks.skip({ id: task.id }),
  ]) {
    const refusal = await refused(again());
    assert.deepEqual(
      [refusal.status, refusal.body],
      [
        422,
        {
          error: "This task is already completed / skipped.",
          code: "task_finished",
          allow_moving_to_next_task: true,
        },
      ],
    );
  }
  const { task: second } = await team.api.tasks.create(wish());
  assert.deepEqual(await team.api.tasks.skip({ id: second.id, on_task_page: true }), {
    task: { id: second.id, status: "skipped", note: null, completed: false },
  });
  assert.deepEqual(await team.api.tasks.complete({ id: NEVER }), { task: { id: NEVER, deleted: true } });
  assert.deepEqual(await team.api.tasks.skip({ id: NEVER }), { task: { id: NEVER, deleted: true } });
  const bare = await call(
    `${world.url}/api/v1/tasks/${(await team.api.tasks.create(wish())).task.id}/complete`,
    { method: "POST", key: team.key },
  );
  assert.equal(bare.status, 200, "without a body");
});

test("two who finish a task at once: one is told that it is done", async () => {
  const { task } = await team.api.tasks.create(wish());
  const both = await Promise.allSettled([
    team.api.tasks.complete({ id: task.id }),
    team.api.tasks.skip({ id: task.id }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: task.id });
  assert.equal(audit_log.length, 2);
});

test("another user's task is theirs; an admin may change it all the same", async () => {
  const frida = await newMember(team, "frida");
  const gunnar = await newMember(team, "gunnar");
  const { task } = await team.api.tasks.create(wish({ user_id: frida.id }));
  const sentence =
    "This task belongs to another user. You do not have permissions to modify other people's tasks.";
  const change = await refused(gunnar.api.tasks.update({ id: task.id, note: "x" }));
  assert.deepEqual([change.status, change.message], [401, sentence]);
  assert.match(change.headers.get("content-type") ?? "", /json/);
  for (const finish of [
    () => gunnar.api.tasks.complete({ id: task.id }),
    () => gunnar.api.tasks.skip({ id: task.id }),
  ]) {
    const refusal = await refused(finish());
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  await frida.api.tasks.update({ id: task.id, note: "mine", creator_id: team.owner.id });
  await team.api.tasks.complete({ id: task.id });
  await gunnar.api.tasks.get({ id: task.id });
});

test("tasks are searched by everything clients send, sorted, counted and paged", async () => {
  const mine = await world.newTeam("Searching");
  const [ines, eva] = [
    await insertContact(world, mine),
    await insertContact(world, mine, { name: "Eva Lund" }),
  ];
  const firm = await insertAccount(world, mine, { name: "Umeå Energi" });
  const { opportunity } = await mine.api.opportunities.create({ name: "Deal" });
  const { user } = await mine.api.users.invite({ email: "u@search.example.no" });
  const make = async (title: string, extra: Partial<Input<"tasks", "create">>) =>
    mine.api.tasks.create({ type: "call", user_id: mine.owner.id, title, ...extra });
  await make("A", { contact_id: ines, due_at: "2026-02-03", priority: "low" });
  await make("B", {
    contact_id: eva,
    due_at: "2026-02-01",
    priority: "high",
    type: "linkedin_step_connect",
    note: "about boilers",
  });
  await make("C", { account_id: firm, due_at: "2026-02-02", type: "action_item", status: "completed" });
  await make("D", {
    opportunity_id: opportunity.id,
    due_at: "2026-02-04",
    user_id: user.id,
    type: "outreach_manual_email",
  });
  const titles = async (search: Input<"tasks", "search">) =>
    (await mine.api.tasks.search(search)).tasks.map(({ title }) => title).join("");
  const cases: [search: object, titles: string][] = [
    [{}, "BCAD"],
    [{ sort_by_field: "task_due_at", sort_ascending: false }, "DACB"],
    [{ sort_by_field: "due_at", sort_ascending: true }, "BCAD"],
    [{ sort_by_field: "task_priority" }, "BCDA"],
    [{ sort_by_field: "task_priority", sort_ascending: true }, "ACDB"],
    [{ open_factor_names: ["task_types"] }, "BCAD"],
    [{ open_factor_names: ["task_is_pending"] }, "BAD"],
    [{ q_keywords: "BOILERS" }, "B"],
    [{ q_keywords: "umeå" }, "C"],
    [{ q_keywords: "eva" }, "B"],
    [{ q_keywords: "%" }, ""],
    [{ user_id: user.id }, "D"],
    [{ user_ids: [user.id, mine.owner.id] }, "BCAD"],
    [{ contact_id: ines }, "A"],
    [{ contact_ids: [ines, eva] }, "BA"],
    [{ account_id: firm }, "C"],
    [{ opportunity_id: opportunity.id }, "D"],
    [{ priority: ["high"] }, "B"],
    [{ task_types: ["call", "contact_account"] }, "A"],
    [{ task_types: ["linkedin_actions"] }, "B"],
    [{ task_types: ["nonsense"] }, ""],
    [{ task_status: ["completed"] }, "C"],
    [{ statuses: ["pending"] }, "BAD"],
    [{ status: ["skipped"] }, ""],
    [{ contact_id: NEVER }, ""],
  ];
  for (const [search, expected] of cases)
    assert.equal(await titles(search), expected, JSON.stringify(search));

  const page = await mine.api.tasks.search({
    per_page: 2,
    page: 2,
    task_types: ["call", "action_item", "outreach_manual_email"],
  });
  assert.deepEqual(page.pagination, {
    page: 2,
    per_page: 2,
    total_entries: 3,
    total_pages: 2,
    next_cursor: null,
  });
  assert.equal(page.pipeline_total, 3);
  const counts = Object.fromEntries(page.faceting.task_types.map(({ value, count }) => [value, count]));
  assert.deepEqual(
    [
      counts.contact_call,
      counts.account_action_item,
      counts.linkedin_step_connect,
      counts.outreach_manual_email,
    ],
    [1, 1, 1, 1],
  );
  assert.deepEqual(page.faceting.total_facets, [
    { value: "pipeline_total", display_name: "Total", count: 3 },
  ]);
  assert.equal(page.breadcrumbs.length, 3);
  assert.ok(Object.keys(page.faceting).length >= 30);
  const got = await call(
    `${world.url}/v1/tasks/search?sort_by_field=task_due_at&open_factor_names[]=task_types&per_page=1`,
    { key: mine.key },
  );
  assert.equal((got.body.tasks as unknown[]).length, 1);
});

test("what is to be written on LinkedIn comes with the task, is shown with it, and is changed", async () => {
  const message = { subject: "", body_text: "Let us connect\n– Ines" };
  const { task } = await team.api.tasks.create({
    contact_id: contact,
    type: "linkedin_step_connect",
    standalone_outreach_task_message: message,
  });
  const shown = { ...message, id: task.id };
  assert.deepEqual(task.standalone_outreach_task_message, shown);
  const { task: got } = await team.api.tasks.get({ id: task.id });
  assert.deepEqual([got.standalone_outreach_task_message, got.call_script], [shown, message.body_text]);
  const { tasks } = await team.api.tasks.search({ contact_id: contact, task_types: ["linkedin_actions"] });
  assert.deepEqual(tasks.find(({ id }) => id === task.id)?.standalone_outreach_task_message, shown);
  const { task: sentBack } = await team.api.tasks.update({
    id: task.id,
    note: "x",
    standalone_outreach_task_message: null,
  });
  assert.equal(sentBack.standalone_outreach_task_message?.body_text, message.body_text);
  const { task: changed } = await team.api.tasks.update({
    id: task.id,
    standalone_outreach_task_message: { body_text: "Hello" },
  });
  assert.equal(changed.standalone_outreach_task_message?.body_text, "Hello");

  const { task: call } = await team.api.tasks.create(wish());
  assert.equal(call.standalone_outreach_task_message, null);
  const onCall = { ...wish(), standalone_outreach_task_message: message };
  assert.match(
    (await refused(team.api.tasks.create(onCall))).message,
    /can be used only with LinkedIn tasks and manual emails/,
  );
  const ofCall = { id: call.id, standalone_outreach_task_message: message };
  assert.equal((await refused(team.api.tasks.update(ofCall))).status, 422);
});

test("a bad sort and too large a page are refused", async () => {
  const sort = await refused(team.api.tasks.search({ sort_by_field: "constructor" }));
  assert.deepEqual([sort.status, sort.message], [422, "Invalid sort criteria"]);
  assert.equal((await refused(team.api.tasks.search({ per_page: 101 }))).message, "Per page not supported");
});

test("a stranger's task is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { task } = await team.api.tasks.create(wish());
  const { id } = task;
  assert.equal((await refused(stranger.api.tasks.get({ id }))).status, 422);
  assert.equal((await refused(stranger.api.tasks.update({ id, note: "x" }))).code, "task_deleted");
  assert.deepEqual(await stranger.api.tasks.complete({ id }), { task: { id, deleted: true } });
  assert.deepEqual((await stranger.api.tasks.search({ contact_id: contact })).tasks, []);
  assert.equal((await team.api.tasks.get({ id })).task.status, "scheduled");
});
