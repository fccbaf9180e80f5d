// What is promised of adding people, kept with the add, and held against what the engine then does in time turned by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import type { Input } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { alwaysOpen, newSendingMailbox } from "../../../testing/sending.ts";
import {
  CALL_STEP,
  MAIL_STEP,
  newContact,
  newContacts,
  newMailbox,
  newSequence,
  type SequenceWish,
} from "../../../testing/sequenced.ts";
import { leaveFullHour, runVirtually, useVirtualWorld } from "../../../testing/virtual-engine.ts";
import { asOwner, rowCounts } from "../../../testing/wire.ts";
import { refused, type Team } from "../../../testing/world.ts";
import { addForPromise } from "../../enrollments/enrolling/commands.ts";
import { readWish } from "../../enrollments/enrolling/enrolling-input.ts";
import { thinkOf } from "./commands.ts";

const { clock, witness, world } = useVirtualWorld();

const NO_LIMITS = { max_outbound_emails_per_hour: null, seconds_delay_between_emails: null };

async function open(team: Team, rest: SequenceWish = {}) {
  return newSequence(team, { emailer_schedule_id: await alwaysOpen(team), ...rest });
}

function joining(id: string, contact_ids: string[], mailboxes: string[]) {
  return { id, contact_ids, send_email_from_email_account_id: mailboxes };
}

/** As the route has it, after the contract has read it. */
const asked = (wish: Input<"joining", "addContacts">) => contract.joining.addContacts.input.parse(wish);

type Promise_ = Awaited<ReturnType<Team["api"]["promises"]["create"]>>["promise"];

function byHour(steps: Promise_["first_steps"]) {
  const hours = new Map<string, number>();
  for (const { hour, count } of steps) hours.set(hour, (hours.get(hour) ?? 0) + count);
  return [...hours].sort();
}

test("what is promised is what the engine does, behind a queue, from two mailboxes with limits of their own", async () => {
  leaveFullHour({ world, clock });
  const team = await world.newTeam();
  const fast = await newSendingMailbox(team, witness, { email_daily_threshold: 12 });
  const slow = await newSendingMailbox(team, witness, {
    email_daily_threshold: 5,
    seconds_delay_between_emails: 600,
  });
  const others = await open(team, {
    emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 40, wait_mode: "hour" }],
  });
  await team.api.joining.addContacts(joining(others.id, await newContacts(team, 20), [fast.id, slow.id]));
  const { id } = await open(team, { max_emails_per_day: 14 });
  await team.api.joining.addContacts(joining(id, await newContacts(team, 3), [fast.id]));
  const wish = joining(id, await newContacts(team, 40), [fast.id, slow.id]);
  const { promise } = await team.api.promises.create(wish);
  assert.equal(promise.people, 40, "those who are in already are not among them");
  assert.equal(
    byHour(promise.first_steps).reduce((sum, [, count]) => sum + count, 0),
    40,
  );
  const codes = new Set(promise.first_steps.map(({ code }) => code));
  assert.ok(codes.has("limit:mailbox_day"), [...codes].join());
  assert.ok(promise.first_step_done_at && promise.last_finishes_at);
  await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
  await runVirtually({ world, team, clock }, world.running.app.now().add({ hours: 24 * 30 }));
  const { promised } = await team.api.promises.show({ id });
  assert.ok(promised);
  assert.deepEqual([promised.people, promised.adds, promised.happened, promised.late], [40, 1, 40, 0]);
  assert.deepEqual([promised.waiting, promised.gone], [[], []]);
  const wrong = promised.hours.filter((hour) => hour.promised !== hour.happened);
  // A mail within seconds of a full hour may be counted in the next or previous one.
  const moved = wrong.reduce((sum, hour) => sum + Math.abs(hour.promised - hour.happened), 0);
  assert.ok(moved <= 4, JSON.stringify(promised.hours));
  const days = Map.groupBy(promised.hours, ({ hour }) => hour.slice(0, 10));
  assert.ok(days.size >= 3, "over several days");
});

test("a promise changes nothing but itself, and a dry run of it not even that", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team);
  const wish = joining(id, await newContacts(team, 25), [box]);
  const before = await rowCounts(world);
  await team.api.promises.create(wish, { dryRun: true });
  assert.deepEqual(await rowCounts(world), before);
  await team.api.promises.create(wish);
  const now = await rowCounts(world);
  assert.equal((now.promises ?? 0) - (before.promises ?? 0), 1);
  assert.equal((now.events ?? 0) - (before.events ?? 0), 1, "which the history tells");
  assert.deepEqual({ ...now, promises: 0, events: 0 }, { ...before, promises: 0, events: 0 });
});

test("a contact who would not be enrolled is shown with the reason, and is promised nothing", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team, { email_daily_threshold: 0, ...NO_LIMITS });
  const { id } = await open(team);
  const people = [...(await newContacts(team, 3)), await newContact(team, { email_unsubscribed: true })];
  const { promise } = await team.api.promises.create(joining(id, people, [box]));
  assert.deepEqual([promise.people, promise.first_steps, promise.first_step_done_at], [3, [], null]);
  assert.deepEqual(
    promise.not_begun.map(({ code, count, email_account_id }) => [code, count, email_account_id]),
    [["limit:mailbox_day", 3, box]],
  );
  const paused = await team.api.promises.create({ ...joining(id, people, [box]), status: "paused" });
  assert.equal(paused.promise.not_begun[0]?.count, 3);
});

test("the limits of touches keep people, and the promise says so", async () => {
  const team = await world.newTeam();
  const box = await newSendingMailbox(team, witness);
  await team.api.teams.update({ touch_limits: [{ scope: "person", counts: "touches", most: 1, days: 2 }] });
  const first = await open(team, { emailer_steps: [MAIL_STEP] });
  const people = await newContacts(team, 4);
  await team.api.joining.addContacts(joining(first.id, people, [box.id]));
  await runVirtually({ world, team, clock }, world.running.app.now().add({ minutes: 10 }));
  const { id } = await open(team, { emailer_steps: [MAIL_STEP] });
  const { promise } = await team.api.promises.create({
    ...joining(id, people, [box.id]),
    sequence_finished_in_other_campaigns: true,
    sequence_active_in_other_campaigns: true,
  });
  assert.deepEqual([...new Set(promise.first_steps.map(({ code }) => code))], ["limit:touches"]);
  assert.equal(
    promise.first_steps.reduce((sum, { count }) => sum + count, 0),
    4,
  );
});

test("more than a thousand are promised too, and the work that adds them takes the promise along", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team, { email_daily_threshold: 500, ...NO_LIMITS });
  const { id } = await open(team);
  await asOwner(world, (client) =>
    client.query(
      `insert into contacts (team_id, id, first_name, email, email_status, source, original_source, created_at, updated_at)
       select $1::ident, new_ident(), 'P' || n, 'p' || n || '@many' || n || '.example', 'verified', 'api', 'api', now(), now()
         from generate_series(1, 1200) n`,
      [team.id],
    ),
  );
  const wish = { id, contact_filter: {}, send_email_from_email_account_id: [box] };
  const { promise } = await team.api.promises.create(wish);
  assert.deepEqual([promise.people, promise.at_least], [1200, false]);
  const answer = await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
  assert.ok("entity_progress_job" in answer);
  const { promised } = await team.api.promises.show({ id, request_id: answer.request_id });
  assert.deepEqual([promised?.people, promised?.adds], [1200, 1]);
});

test("what has not begun is told with what holds it, and who is gone with why", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team, { email_daily_threshold: 0, ...NO_LIMITS });
  const { id } = await open(team);
  const people = await newContacts(team, 5);
  const wish = joining(id, people, [box]);
  const { promise } = await team.api.promises.create(wish);
  const { request_id } = await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [id],
    contact_ids: people.slice(0, 1),
    mode: "remove",
  });
  const { promised } = await team.api.promises.show({ id, request_id });
  assert.deepEqual(
    promised?.waiting.map(({ code, count }) => [code, count]),
    [["limit:mailbox_day", 4]],
  );
  assert.deepEqual(
    promised?.gone.map(({ status, count }) => [status, count]),
    [["removed", 1]],
  );
  assert.deepEqual((await team.api.promises.show({ id: (await open(team)).id })).promised, null);
});

test("a promise that gets into the way of others at the database is worked out once more, and does not fail", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team);
  const people = await newContacts(team, 2);
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const { app } = world.running;
  const { caller, origin } = await actFor(app, onBehalf, async (act) => act);
  let tries = 0;
  const thought = await thinkOf({ app, caller, origin }, async ({ now }) => {
    const wish = readWish(asked({ ...joining(id, people, [box]), start_step: 1 }), null, now);
    return {
      ...wish,
      async add(act) {
        const added = await addForPromise(act, wish);
        if (++tries === 1)
          await act.db.run("do $$ begin raise 'met another' using errcode = '40P01'; end $$");
        return added;
      },
    };
  });
  assert.deepEqual([thought.people, tries], [2, 2]);
});

test("a caller who adds to the same sequence while a promise is worked out does not wait for it", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team);
  const [people, others] = [await newContacts(team, 3), await newContacts(team, 2)];
  const { app } = world.running;
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const { caller, origin } = await actFor(app, onBehalf, async (act) => act);
  const thought = await thinkOf({ app, caller, origin }, async ({ now }) => {
    const wish = readWish(asked({ ...joining(id, people, [box]), start_step: 1 }), null, now);
    return {
      ...wish,
      async add(act) {
        const added = await addForPromise(act, wish);
        const answer = await team.api.joining.addContacts(joining(id, others, [box]));
        assert.ok("enrollments" in answer && answer.enrollments.length === 2, "in the midst of it");
        return added;
      },
    };
  });
  assert.equal(thought.people, 3);
  const { contact_campaign_statuses: members } = await team.api.enrollments.search({
    emailer_campaign_ids: [id],
  });
  assert.deepEqual(members.map((one) => one.contact_id).sort(), [...others].sort());
});

test("a task that waits is begun when it is opened", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const { id } = await open(team, { emailer_steps: [{ ...CALL_STEP, wait_time: 0 }] });
  const wish = joining(id, await newContacts(team, 2), [box]);
  const { promise } = await team.api.promises.create(wish);
  await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
  await runVirtually({ world, team, clock }, world.running.app.now().add({ hours: 1 }));
  const { promised } = await team.api.promises.show({ id });
  assert.deepEqual([promised?.happened, promised?.waiting], [2, []]);
});

test("a promise is one request's, of one sequence, and one's own", async () => {
  const team = await world.newTeam();
  const { id: box } = await newMailbox(team);
  const [one, other] = [await open(team), await open(team)];
  const wish = joining(one.id, [await newContact(team)], [box]);
  const { promise } = await team.api.promises.create(wish);
  const add = (id: string, promise_id: string) =>
    refused(team.api.joining.addContacts({ ...wish, id, promise_id }));
  assert.equal((await add(other.id, promise.id)).code, "promise_not_found");
  await team.api.joining.addContacts({ ...wish, promise_id: promise.id });
  assert.equal((await add(one.id, promise.id)).code, "promise_not_found", "it was taken");
  const stranger = await world.newTeam();
  assert.equal((await refused(stranger.api.promises.show({ id: one.id }))).status, 404);
  assert.equal((await refused(stranger.api.promises.create(wish))).status, 404);
});

type Added = Extract<Awaited<ReturnType<Team["api"]["joining"]["addContacts"]>>, { contacts: unknown }>;

/** What the check, the promise and the add itself say of the same people, and what becomes of them. */
async function judgedThrice(team: Team, wish: ReturnType<typeof joining>) {
  const check = (await team.api.joining.addContacts(wish, { dryRun: true })) as Added;
  const { promise } = await team.api.promises.create(wish);
  const added = (await team.api.joining.addContacts({ ...wish, promise_id: promise.id })) as Added;
  assert.deepEqual(added.warnings, check.warnings);
  await runVirtually({ world, team, clock }, world.running.app.now().add({ hours: 24 * 3 }));
  const failed = await asOwner(world, (db) =>
    db.query(
      "select contact_id, failure_reason from enrollments where sequence_id = $1 and state = 'failed'",
      [wish.id],
    ),
  );
  return { warnings: check.warnings, promise, failed: failed.rows };
}

test("whose mail lacks a value is warned of by name and step, is promised nothing, and fails", async () => {
  const team = await world.newTeam();
  const { id: box } = await newSendingMailbox(team, witness, NO_LIMITS);
  const touch = {
    status: "approved" as const,
    emailer_template: { subject: "Hi", body_html: "<p>How is {{company}}?</p>" },
  };
  const { id } = await open(team, { emailer_steps: [{ ...MAIL_STEP, emailer_touches: [touch] }] });
  const lacking = await newContacts(team, 4, {
    first_name: "Ines",
    last_name: "Okafor",
    organization_name: "",
  });
  const known = await newContacts(team, 2, { organization_name: "Kraft" });
  const { warnings, promise, failed } = await judgedThrice(team, joining(id, [...lacking, ...known], [box]));
  const [first] = warnings;
  assert.deepEqual(
    warnings.map(({ contact_id, code }) => [contact_id, code]).toSorted(),
    lacking.map((one) => [one, "snippets_missing"]).toSorted(),
  );
  assert.deepEqual(
    [first?.contact_name, first?.evidence.position, first?.sentence],
    ["Ines Okafor", 1, "The email of step 1 needs a value that this contact does not have: company."],
  );
  assert.deepEqual(
    promise.not_begun.map(({ code, count }) => [code, count]),
    [["snippets_missing", 4]],
  );
  assert.equal(
    promise.first_steps.reduce((sum, { count }) => sum + count, 0),
    2,
  );
  assert.deepEqual(new Set(failed.map((row) => row.contact_id)), new Set(lacking));
});

test("a reply whose first mail is switched off is warned of with its step, is promised nothing, and fails", async () => {
  const team = await world.newTeam();
  const { id: box } = await newSendingMailbox(team, witness, NO_LIMITS);
  const reply = { ...MAIL_STEP.emailer_touches[0], type: "reply_to_thread" as const };
  const { id, steps } = await open(team, {
    emailer_steps: [MAIL_STEP, { ...MAIL_STEP, wait_time: 0, wait_mode: "minute", emailer_touches: [reply] }],
  });
  await team.api.steps.update({ id: steps[0] ?? "", enabled: false });
  const people = await newContacts(team, 3);
  const { warnings, promise, failed } = await judgedThrice(team, joining(id, people, [box]));
  assert.deepEqual(
    warnings.map(({ code, evidence }) => [code, evidence.position]),
    people.map(() => ["thread_reply_original_email_missing", 2]),
  );
  assert.deepEqual(
    [promise.first_steps, promise.not_begun.map(({ code, count }) => [code, count])],
    [[], [["thread_reply_original_email_missing", 3]]],
  );
  assert.deepEqual(
    failed.map((row) => row.failure_reason),
    people.map(() => "thread_reply_original_email_missing"),
  );
});

test("whom another caller adds while a promise is made is not promised, and nobody is refused", async () => {
  const team = await world.newTeam();
  const { id } = await open(team);
  const [contact = "", other = ""] = await newContacts(team, 2);
  const added = (beforeCommit: () => Promise<void>) =>
    asOwner(world, async (client) => {
      await client.query("begin");
      await client.query(
        `insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at)
         values ($1, new_ident(), $2, $3, 'paused', now(), now())`,
        [team.id, id, contact],
      );
      await beforeCommit();
      await client.query("commit");
    });
  const { id: box } = await newMailbox(team);
  const wish = joining(id, [contact, other], [box]);
  const [, { promise }] = await bothAtOnce(world, added, () => team.api.promises.create(wish));
  assert.equal(promise.people, 1);
});
