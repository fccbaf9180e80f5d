// One story is lived through, and how it stood noted from the API at every turn; asked again at its end, every moment is told
// as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrival, mailOf } from "../../../testing/incoming.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { takeIn } from "../../receiving/incoming/commands.ts";

const witness = useWitness();
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK });

type Ids = { contact: string; enrollment: string; mailboxes: [string, string] };

/** As the API tells it now, in the words that `as_of` has for it. */
async function real({ api }: Team, { contact, enrollment, mailboxes }: Ids) {
  const [{ contact_campaign_status: one, emailer_messages, tasks }, { explain }] = await Promise.all([
    api.enrollments.show({ id: enrollment }),
    api.explain.enrollment({ id: enrollment }),
  ]);
  const { contact: person } = await api.contacts.get({ id: contact });
  const boxes = await Promise.all(mailboxes.map(async (id) => (await api.explain.mailbox({ id })).explain));
  return {
    status: one.status,
    step: one.current_step_id,
    due: one.due_at,
    resumes: one.auto_unpause_at,
    mailbox: one.send_email_from_email_account_id,
    held: explain.held_by.map(({ code }) => code).filter((code) => code !== "queue"),
    mails: emailer_messages
      .flatMap(({ id, status, due_at }) => (status ? [`${id} ${status} ${due_at}`] : []))
      .sort(),
    tasks: tasks.map(({ id, status }) => `${id} ${status}`).sort(),
    person: [person.contact_stage_id, person.email_unsubscribed === true, person.email_status],
    boxes: boxes.map(({ state, sending }) => [state, sending.sent_last_day, sending.email_daily_threshold]),
  };
}

type Real = Awaited<ReturnType<typeof real>>;

async function told({ api }: Team, { contact, enrollment, mailboxes }: Ids, at: string): Promise<Real> {
  const { as_of: one } = await api.enrollments.asOf({ id: enrollment, at });
  const { as_of: person } = await api.contacts.asOf({ id: contact, at });
  const boxes = [];
  for (const id of mailboxes) boxes.push((await api.emailAccounts.asOf({ id, at })).as_of);
  const hasStep = one.state !== "finished" && !one.held_by.some(({ code }) => code === "sequence_inactive");
  const SHOWN = ["drafted", "scheduled", "completed", "failed"];
  return {
    status: one.state as Real["status"],
    // Apollo names no step for a finished or stopped enrollment; the history does.
    step: hasStep ? one.emailer_step_id : null,
    due: one.due_at,
    resumes: one.auto_unpause_at?.replace("Z", "+00:00") ?? null,
    mailbox: one.email_account_id,
    held: one.held_by.map(({ code }) => code),
    mails: one.emailer_messages
      .filter(({ status }) => SHOWN.includes(status))
      .map(({ id, status, due_at }) => `${id} ${status} ${due_at}`)
      .sort(),
    tasks: one.tasks.map(({ id, status }) => `${id} ${status}`).sort(),
    person: [person.contact_stage_id, person.email_unsubscribed, person.email_status],
    boxes: boxes.map((box) => [
      box.state as Real["boxes"][number][0],
      box.sent_last_day,
      box.email_daily_threshold,
    ]),
  };
}

test("a story told again at each of its moments is what it was", async (t) => {
  const team = await world.newTeam();
  const { api } = team;
  const hours = await alwaysOpen(team);
  const first = await newSendingMailbox(team, witness);
  const second = await newSendingMailbox(team, witness);
  const contact = await newContact(team);
  const { contact_stages: stages } = await api.contactStages.list();
  const hour = { wait_time: 1, wait_mode: "hour" as const };
  const sequence = await newSequence(team, {
    emailer_schedule_id: hours,
    emailer_steps: [
      { ...MAIL_STEP, ...hour },
      { type: "call", ...hour },
      { ...MAIL_STEP, ...hour },
      { ...MAIL_STEP, ...hour },
    ],
  });
  const before = world.running.app.now().toString();
  const answer = await api.joining.addContacts({
    id: sequence.id,
    contact_ids: [contact],
    send_email_from_email_account_id: [first.id],
    sequence_unverified_email: true,
  });
  const enrollment = "enrollments" in answer ? (answer.enrollments[0]?.id ?? "") : "";
  const ids: Ids = { contact, enrollment, mailboxes: [first.id, second.id] };
  const moments: { name: string; at: string; was: Real }[] = [];
  /** When it is so, and stays so until all that had begun before is written down: it is told under the time when it began. */
  const note = async (name: string, isSo: (now: Real) => boolean) => {
    const was = await until(async () => {
      const seen = await real(team, ids);
      const at = world.running.app.now().toString();
      const [{ now }] = (await asOwner(world, (client) => client.query("select clock_timestamp() as now")))
        .rows;
      await until(() => hasEnded(now));
      const again = await real(team, ids);
      if (!isSo(seen) || JSON.stringify(seen) !== JSON.stringify(again)) return false;
      moments.push({ name, at, was: seen });
      return true;
    }).catch(async () => assert.fail(`${name}: ${JSON.stringify(await real(team, ids))}`));
    return was;
  };
  async function hasEnded(since: Date) {
    const { rows } = await asOwner(world, (client) =>
      client.query(
        `select from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and xact_start < $1`,
        [since],
      ),
    );
    return rows.length === 0;
  }
  const named = { id: sequence.id, contact_ids: [contact] };
  const member = (state: string) => (now: Real) => now.status === state;
  const isPlanned = (now: Real) =>
    now.status === "active" && now.mails.some((mail) => mail.includes("scheduled"));
  const stepIs = (n: number) => (now: Real) => now.status === "active" && now.step === sequence.steps[n];

  await note("the first mail is planned", isPlanned);
  await api.contacts.updateStages({ contact_ids: [contact], contact_stage_id: stages[1]?.id ?? "" });
  await note("another stage", ({ person }) => person[0] === stages[1]?.id);
  const resumes = world.running.app.now().add({ hours: 90 });
  await api.enrollments.pause({ ...named, auto_unpause_at: resumes.toString() });
  await note("paused until a date", member("paused"));
  await api.enrollments.resume(named);
  await note("resumed", isPlanned);
  await api.emailAccounts.update({ id: first.id, email_daily_threshold: 7 });
  await note("the mailbox has a limit", ({ boxes }) => boxes[0]?.[2] === 7);
  await api.enrollments.move({ ...named, send_email_from_email_account_id: second.id });
  await note("from another mailbox", (now) => now.mailbox === second.id && isPlanned(now));
  await api.sequences.update({ id: sequence.id, active: false });
  await note("the sequence is off", member("paused"));
  await api.sequences.update({ id: sequence.id, active: true });
  await note("the sequence is on", isPlanned);
  await api.emailAccounts.update({ id: second.id, email_daily_threshold: 1 });
  await note("the other mailbox has a limit", ({ boxes }) => boxes[1]?.[2] === 1);
  world.advance({ minutes: 61 });
  await note("the first mail is sent, a call comes", stepIs(1));
  world.advance({ minutes: 20 });
  await note("the call is not due yet", stepIs(1));
  world.advance({ minutes: 41 });
  await note("the task is open", ({ tasks }) => tasks.some((task) => task.includes("scheduled")));
  const { tasks: open } = await api.enrollments.show({ id: enrollment });
  await api.tasks.complete({ id: open[0]?.id ?? "" });
  await note("the task is done", (now) => stepIs(2)(now) && isPlanned(now));
  world.advance({ minutes: 61 });
  await note("held by the day of the mailbox", ({ held }) => held.includes("limit:mailbox_day"));
  await api.teams.update({ touch_limits: [{ scope: "person", counts: "emails", most: 1, days: 3 }] });
  await api.emailAccounts.update({ id: second.id, email_daily_threshold: null });
  await isMet(enrollment);
  await note("held by a limit of touches", ({ held }) => held.includes("limit:touches"));
  await api.enrollments.pause(named);
  await note("paused while held", member("paused"));
  await api.enrollments.resume(named);
  await isMet(enrollment);
  await note("held again", ({ held }) => held.includes("limit:touches"));
  world.advance({ hours: 25 });
  await note(
    "a day later, held still",
    ({ held, boxes }) => held.includes("limit:touches") && boxes[1]?.[1] === 0,
  );
  await api.teams.update({ touch_limits: [] });
  await note("let go", stepIs(3));
  await api.sequences.update({ id: sequence.id, active: false });
  await note("off with the last one ahead", member("paused"));
  await api.sequences.update({ id: sequence.id, active: true });
  await note("on again", (now) => stepIs(3)(now) && isPlanned(now));
  await api.contacts.updateStages({ contact_ids: [contact], contact_stage_id: stages[0]?.id ?? "" });
  await note("the first stage again", ({ person }) => person[0] === stages[0]?.id);
  await api.emailAccounts.update({ id: first.id, email_daily_threshold: null });
  await note("no limits", ({ boxes }) => boxes[0]?.[2] === null);
  await api.emailAccounts.disconnect({ id: first.id });
  await note("the first mailbox is gone", ({ boxes }) => boxes[0]?.[0] !== "ready");
  const internetId = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select internet_message_id as id from messages where enrollment_id = $1 and delivery = 'sent' order by released_at desc limit 1",
      [enrollment],
    );
    return rows[0]?.id ?? "";
  });
  const { contact: person } = await api.contacts.get({ id: contact });
  const reply = mailOf({
    from: `Ines <${person.email}>`,
    text: "Tell me more, please.",
    headers: [`In-Reply-To: ${internetId}`],
  });
  const come = await arrival(world, reply);
  const folder = {
    role: "inbox" as const,
    path: "INBOX",
    uidValidity: 1,
    lastUid: come.uid,
    readsFrom: come.receivedAt,
  };
  await takeIn(world.running.app, { teamId: team.id, mailboxId: second.id, folder }, [come]);
  await note("they answered", member("finished"));
  await api.contacts.update({ id: contact, email_status: "unverified" });
  await note("the address is in doubt", (now) => now.person[2] === "unverified");
  world.advance({ minutes: 5 });
  await note("a moment after", member("finished"));
  await api.contacts.update({ id: contact, email_unsubscribed: true });
  await note("unsubscribed", (now) => now.person[1] === true);
  world.advance({ hours: 30 });
  await note("a day after", member("finished"));
  await api.contacts.updateStages({ contact_ids: [contact], contact_stage_id: stages[1]?.id ?? "" });
  await note("one more stage", ({ person }) => person[0] === stages[1]?.id);
  await api.enrollments.remove(named);

  assert.ok(moments.length >= 30, `${moments.length} moments`);
  for (const { name, at, was } of moments) assert.deepEqual(await told(team, ids, at), was, name);
  t.diagnostic(`${moments.length} moments told as they were`);
  const gone = world.running.app.now().toString();
  assert.equal((await api.enrollments.asOf({ id: enrollment, at: gone })).as_of.state, "removed");
  const { as_of: unborn } = await api.enrollments.asOf({ id: enrollment, at: before });
  assert.deepEqual([unborn.existed, unborn.state, unborn.due_at], [false, "not_there", null]);
  const ahead = world.running.app.now().add({ hours: 1 }).toString();
  await assert.rejects(api.contacts.asOf({ id: contact, at: ahead }), (error: { code?: string }) => {
    return error.code === "moment_in_future";
  });
});

/** The engine has come to the mail, and had to let it wait. */
const isMet = (enrollment: string) =>
  until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select 1 from messages where enrollment_id = $1 and delivery = 'planned' and hold_code = 'limit:touches'",
        [enrollment],
      );
      return rows.length > 0;
    }),
  );

test("of the time before anything was kept only states are told, and it says so", async () => {
  const team = await world.newTeam();
  const contact = await newContact(team);
  const sequence = await newSequence(team, {
    emailer_steps: [MAIL_STEP],
    emailer_schedule_id: await alwaysOpen(team),
  });
  const { id: mailbox } = await newSendingMailbox(team, witness);
  const answer = await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
    status: "paused",
  });
  const enrollment = "enrollments" in answer ? (answer.enrollments[0]?.id ?? "") : "";
  await asOwner(world, (client) =>
    client.query(
      `update enrollments set added_at = added_at - interval '3 years', state_since = state_since - interval '3 years' where id = $1`,
      [enrollment],
    ),
  );
  const at = world.running.app
    .now()
    .subtract({ hours: 24 * 365 })
    .toString();
  const { as_of: then } = await team.api.enrollments.asOf({ id: enrollment, at });
  assert.equal(then.state, "paused");
  assert.deepEqual([then.due_at, then.emailer_step_id, then.held_by], [null, null, []]);
  assert.match(then.not_kept[0] ?? "", /^Details before .* were not recorded, only the states\.$/);
});

test("a pause that was asked for is told of the days it held, and not of those before and after", async () => {
  const team = await world.newTeam();
  const contact = await newContact(team);
  const moment = () => world.running.app.now().toString();
  const before = moment();
  const pausedUntil = world.running.app.now().add({ hours: 24 * 90 });
  const setTo = (until: Temporal.Instant | null) =>
    world.running.app.db.inTeam(team.id, (db) =>
      db.run("update contacts set paused_until = $2 where team_id = $1 and id = $3", [
        team.id,
        until,
        contact,
      ]),
    );
  await setTo(pausedUntil);
  const during = moment();
  await setTo(null);
  const told = [];
  for (const at of [before, during, moment()]) {
    const { as_of } = await team.api.contacts.asOf({ id: contact, at });
    told.push([as_of.state, as_of.paused_until !== null, /had asked for a pause/.test(as_of.sentence)]);
  }
  assert.deepEqual(told, [
    ["reachable", false, false],
    ["barred", true, true],
    ["reachable", false, false],
  ]);
});
