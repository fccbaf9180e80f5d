// Two who come at once: the second is held up by the first, or goes by what the first has left.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act } from "../app.ts";
import { moveCandidatesOn } from "../features/automation/workflows/candidates-store.ts";
import { tellFinished } from "../features/automation/workflows/carrying.ts";
import { createWorkflow, getWorkflow } from "../features/automation/workflows/commands.ts";
import { deleteLabel } from "../features/contacts/labels/commands.ts";
import { deleteStep } from "../features/editing/step-editing/steps-commands.ts";
import { advance, advanceLocked } from "../features/enrollments/advancing/commands.ts";
import { addContacts, NAMED_AND_AT_ONCE } from "../features/enrollments/enrolling/commands.ts";
import { USUAL_TERMS } from "../features/enrollments/enrolling/terms.ts";
import { lockEnrollments } from "../features/enrollments/enrollments/locking-store.ts";
import { awaitAnswers } from "../features/enrollments/enrollments/unanswered-store.ts";
import { updateSubscription } from "../features/events/webhooks/commands.ts";
import {
  isHeldForReading,
  mailboxesToRead,
  releaseFromReading,
  takeForReading,
} from "../features/mailboxes/mailboxes/reading-store.ts";
import { markUnresponsive } from "../features/receiving/unanswered/commands.ts";
import { changeContacts } from "../features/saving/contact-writing/commands.ts";
import { planSteps } from "../features/sending/outbox/mail-life.ts";
import { newId } from "../kernel/ids.ts";
import { bothAtOnce } from "../testing/held-open.ts";
import { plant } from "../testing/planted.ts";
import { alwaysOpen } from "../testing/sending.ts";
import { MAIL_STEP, newContacts, newMailbox, newSequence } from "../testing/sequenced.ts";
import { CALL_NOW, type EnrolledPeople, newPeople, standingsIn } from "../testing/stepping.ts";
import { asOwner } from "../testing/wire.ts";
import { newWorkflow, untilHolds } from "../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../testing/world.ts";
import { planOnce } from "./planning/plan-steps.ts";
import { replanOnce } from "./planning/replan.ts";
import { actFor } from "./running/act-for.ts";
import { byEngine } from "./running/engine.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function acting<T>(work: (act: Act) => Promise<T>) {
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  return actFor(world.running.app, onBehalf, work);
}

function byClock<T>(work: (by: ReturnType<typeof byEngine>) => Promise<T>) {
  const { app } = world.running;
  return app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));
}

function sql(text: string, params: unknown[]) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const FOUR = [MAIL_STEP, CALL_NOW, CALL_NOW, CALL_NOW];

async function placeOf({ sequence, steps }: EnrolledPeople) {
  const [row] = await standingsIn(world, sequence);
  return row?.stepId ? steps.indexOf(row.stepId) + 1 : null;
}

async function doneWith(people: EnrolledPeople, position: number) {
  const [row] = await standingsIn(world, people.sequence);
  const stepId = people.steps[position - 1] ?? "";
  return [{ enrollmentId: row?.id ?? "", stepId, at: world.running.app.now() }];
}

test("an enrollment that moves on to a step that is being deleted is at the one in its place", async () => {
  const people = await newPeople(team, FOUR);
  const done = await doneWith(people, 1);
  await bothAtOnce(
    world,
    (beforeCommit) =>
      byClock(async (by) => {
        await advance(by, done);
        await beforeCommit();
      }),
    () => team.api.steps.remove({ id: people.steps[1] ?? "", force: true }),
  );
  assert.equal(await placeOf(people), 3);
});

test("no enrollment moves on to a step that is gone by then", async () => {
  const people = await newPeople(team, FOUR);
  const done = await doneWith(people, 1);
  await bothAtOnce(
    world,
    (beforeCommit) =>
      acting(async (act) => {
        await deleteStep(act, people.steps[1] ?? "", false, "live");
        await beforeCommit();
      }),
    () => byClock((by) => advance(by, done)),
  );
  assert.equal(await placeOf(people), 3);
});

test("no enrollment skips a step because one before it is deleted as it moves on", async () => {
  const people = await newPeople(team, FOUR);
  await byClock(async (by) => advance(by, await doneWith(people, 1)));
  const done = await doneWith(people, 2);
  await byClock(async (by) => {
    const rows = await lockEnrollments(
      by.db,
      team.id,
      done.map(({ enrollmentId }) => enrollmentId),
    );
    await team.api.steps.remove({ id: people.steps[0] ?? "" });
    await advanceLocked(by, rows, done);
  });
  assert.equal(await placeOf(people), 3);
});

test("of two who add one contact to two sequences at once, one is told where they are", async () => {
  const mailbox = (await newMailbox(team)).id;
  const [one, other] = [await newSequence(team), await newSequence(team)];
  const contactIds = await newContacts(team, 1);
  const terms = {
    sequenceId: one.id,
    mailboxIds: [mailbox],
    contactIds,
    ...NAMED_AND_AT_ONCE,
    ...USUAL_TERMS,
    isExplicit: true,
  };
  const [first, second] = await bothAtOnce(
    world,
    (beforeCommit) =>
      acting(async (act) => {
        const { joined } = await addContacts(act, {
          ...terms,
          waived: new Set(["sequence_unverified_email"]),
        });
        await beforeCommit();
        return joined;
      }),
    () =>
      team.api.joining.addContacts({
        id: other.id,
        emailer_campaign_id: other.id,
        contact_ids: contactIds,
        send_email_from_email_account_id: mailbox,
        sequence_unverified_email: true,
      }),
  );
  assert.equal(first?.enrollments.length, 1);
  assert.deepEqual(Object.values("skipped_contact_ids" in second ? second.skipped_contact_ids : {}), [
    "contacts_active_in_other_campaigns",
  ]);
  assert.deepEqual(await standingsIn(world, other.id), []);
});

test("whose task is opened while their step is planned anew keeps its day", async () => {
  const people = await newPeople(team, [CALL_NOW]);
  await team.api.steps.update({ id: people.steps[0] ?? "", wait_time: 5, wait_mode: "hour" });
  const [before] = await standingsIn(world, people.sequence);
  await bothAtOnce(
    world,
    (beforeCommit) =>
      byClock(async (by) => {
        await planSteps(by);
        await beforeCommit();
      }),
    () => replanOnce(world.running),
  );
  const [after] = await standingsIn(world, people.sequence);
  assert.deepEqual(after?.dueAt, before?.dueAt, "they have the task already");
});

test("whose withdrawn task is opened again while it is completed goes on", async () => {
  const people = await newPeople(team, [CALL_NOW, { ...CALL_NOW, wait_time: 60 }], {
    schedule: await alwaysOpen(team),
  });
  await planOnce(world.running);
  const [task] = await sql("select id from tasks where contact_id = $1", [people.contacts[0]]);
  await sql("update tasks set status = 'skipped', withdrawn_because = 'paused' where id = $1", [task?.id]);
  await sql("update enrollments set plan_at = due_at where sequence_id = $1", [people.sequence]);
  await bothAtOnce(
    world,
    (beforeCommit) =>
      byClock(async (by) => {
        await planSteps(by);
        await beforeCommit();
      }),
    () => team.api.tasks.complete({ id: task?.id }),
  );
  assert.equal(await placeOf(people), 2);
});

test("a run is over when the last two are through at once, and it is told once", async () => {
  const trigger = { type: "schedule", cron: "0 3 * * *" } as const;
  const { workflow } = await newWorkflow(team, { trigger, actions: [{ type: "wait", minutes: 5 }] });
  const at = "2099-01-01T00:00:00Z";
  const run = await plant(world, team, "workflow_runs", {
    workflow_id: workflow.id,
    version: 1,
    cause: "manual",
    trigger_key: "run:planted",
    status: "running",
    num_found: 2,
    started_at: at,
  });
  const ids = await Promise.all(
    (await newContacts(team, 2)).map((entity_id) =>
      plant(world, team, "workflow_candidates", {
        workflow_id: workflow.id,
        run_id: run,
        version: 1,
        trigger_key: "run:planted",
        entity_id,
        verdict: "waiting",
        chain: [],
        next_step: "0",
        due_at: at,
        created_at: at,
      }),
    ),
  );
  const through = (id: string | undefined, beforeCommit = async () => {}) =>
    acting(async (act) => {
      const end = {
        verdict: "done",
        code: null,
        nextStep: null,
        dueAt: null,
        heldUp: null,
        tries: 0,
      } as const;
      await moveCandidatesOn(act.db, team.id, [{ id: id ?? "", contactId: null, ...end }], act.now);
      await tellFinished(act, [run]);
      await beforeCommit();
    });
  await bothAtOnce(
    world,
    (beforeCommit) => through(ids[0], beforeCommit),
    () => through(ids[1]),
  );
  assert.deepEqual(await sql("select status from workflow_runs where id = $1", [run]), [{ status: "done" }]);
  const told = "select from events where type = 'workflow.run_finished' and subject_id = $1";
  assert.equal((await sql(told, [workflow.id])).length, 1);
});

test("nothing waits for a webhook that is switched off while events are handed out", async () => {
  const wish = { url: "https://hooks.example.invalid/cadenza", types: ["contact.created"] };
  const { id } = (await team.api.webhookSubscriptions.create(wish)).webhook_subscription;
  const isHandedOut = `select from webhook_cursors c join events e on e.team_id = c.team_id and e.type = 'contact.created'
    where c.team_id = $1 having (max(c.written_in), max(c.position)) >= (max(e.written_in), max(e.position))`;
  await asOwner(world, async (holding) => {
    await holding.query("begin");
    await holding.query("select from webhook_cursors where team_id = $1 for update", [team.id]);
    await newContacts(team, 1); // it is not handed out before the other one is at work
    await bothAtOnce(
      world,
      (beforeCommit) =>
        acting(async (act) => {
          await updateSubscription(act, id, { isActive: false }, null);
          await beforeCommit();
        }),
      async () => {
        await holding.query("rollback");
        await untilHolds(
          () => sql(isHandedOut, [team.id]),
          (found) => found.length > 0,
        );
      },
    );
  });
  const waiting = "select from webhook_deliveries where subscription_id = $1 and status = 'pending'";
  assert.equal((await sql(waiting, [id])).length, 0);
});

test("an address that is written down while another becomes the first one stays", async () => {
  const [id = ""] = await newContacts(team, 1);
  const [first, second, third] = ["one", "two", "three"].map((name) => `${name}.${id}@kraft.example`);
  const written = (addresses: (string | undefined)[]) => (act: Act) =>
    changeContacts(act, [{ id, wish: { addresses: addresses.flatMap((address) => address ?? []) } }]);
  await acting(written([first, second]));
  await bothAtOnce(
    world,
    (beforeCommit) =>
      acting(async (act) => {
        await written([first, second, third])(act);
        await beforeCommit();
      }),
    () => team.api.contacts.update({ id, email: second }),
  );
  const kept = await sql("select email from contact_emails where contact_id = $1", [id]);
  assert.deepEqual(kept, [{ email: third }]);
});

test("a contact who finishes once more while they are being marked unresponsive is awaited anew", async () => {
  const people = await newPeople(team, [CALL_NOW]);
  const [row] = await standingsIn(world, people.sequence);
  const now = world.running.app.now();
  const ids = [row?.id ?? ""];
  const awaits = (from: Temporal.Instant) =>
    byClock(({ db }) => awaitAnswers(db, team.id, ids, { from, days: 1 }));
  await awaits(now.subtract({ hours: 10_000 }));
  await bothAtOnce(
    world,
    (beforeCommit) =>
      byClock(async ({ db }) => {
        await awaitAnswers(db, team.id, ids, { from: now, days: 1 });
        await beforeCommit();
      }),
    () => byClock(markUnresponsive),
  );
  const rows = await sql("select until_at > $2 as is_ahead from awaited_answers where enrollment_id = $1", [
    ...ids,
    now.toString(),
  ]);
  assert.deepEqual(rows, [{ is_ahead: true }]);
});

test("a mailbox whose servers are changed while it is read is left, and read again at once", async () => {
  const login = { username: "u", password: "p" };
  const imap = { host: "imap.example.net", port: 993, security: "tls" as const, ...login };
  const { id } = await newMailbox(team, { imap });
  const { db, now } = world.running.app;
  const reader = newId();
  const isDue = async () =>
    (await db.inTransaction((open) => mailboxesToRead(open, now()))).some((one) => one.mailboxId === id);
  const isHeld = () => db.inTeam(team.id, (open) => isHeldForReading(open, team.id, id, reader));
  const attend = async (meanwhile: () => Promise<unknown>) => {
    assert.ok(await db.inTeam(team.id, (open) => takeForReading(open, team.id, id, reader)));
    await meanwhile();
    const stayed = await isHeld();
    const later = now().add({ hours: 1 });
    await db.inTeam(team.id, (open) => releaseFromReading(open, team.id, id, reader, later));
    return { stayed, isDue: await isDue() };
  };
  const change = () =>
    team.api.emailAccounts.update({ id, imap: { ...imap, password: "another" }, test: false });
  assert.deepEqual(await attend(change), { stayed: false, isDue: true });
  assert.deepEqual(await attend(async () => {}), { stayed: true, isDue: false });
});

test("steps of 600 contacts who are being changed do not keep those of others from being planned", async () => {
  const mine = await world.newTeam();
  const schedule = await alwaysOpen(mine);
  const busy = await newPeople(mine, [MAIL_STEP], { count: 1, schedule });
  const other = await newPeople(mine, [MAIL_STEP], { count: 1, schedule });
  await asOwner(world, async (client) => {
    await client.query(
      `with people as (
         insert into contacts (team_id, id, first_name, email, email_status, source, original_source, created_at, updated_at)
         select $1::ident, new_ident(), 'Ines', 'busy' || n || '@many.example', 'verified', 'api', 'api', now(), now()
           from generate_series(1, 600) n returning id)
       insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, added_at, due_at, updated_at)
       select $1::ident, new_ident(), $2::ident, p.id, 'active', e.current_step_id, e.mailbox_id, now(), now() - interval '1 day', now()
         from people p, enrollments e where e.team_id = $1 and e.sequence_id = $2`,
      [mine.id, busy.sequence],
    );
    await client.query("begin");
    await client.query(
      "select from contacts c where team_id = $1 and id in (select contact_id from enrollments where sequence_id = $2) for update",
      [mine.id, busy.sequence],
    );
    await planOnce(world.running);
    const planned = await sql("select distinct sequence_id from messages where team_id = $1", [mine.id]);
    assert.deepEqual(planned, [{ sequence_id: other.sequence }]);
    await client.query("rollback");
  });
});

const NIGHTLY = {
  trigger: { type: "schedule" as const, cron: "0 3 * * *" },
  actions: [{ type: "wait" as const, hours: 1 }],
};

async function newList() {
  const { label } = (await team.api.labels.create({
    name: `List ${newId()}`,
    modality: "contacts",
  })) as {
    label: { id: string };
  };
  return label.id;
}

test("a list that is being deleted is not named by a workflow that is saved at that moment", async () => {
  const { workflow } = await newWorkflow(team, { ...NIGHTLY, filters: {} });
  const saves = [
    (filters: Record<string, unknown>) => newWorkflow(team, { ...NIGHTLY, filters }),
    (filters: Record<string, unknown>) => team.api.workflows.update({ id: workflow.id, filters }),
  ];
  for (const save of saves) {
    const list = await newList();
    const [, refusal] = await bothAtOnce(
      world,
      (beforeCommit) =>
        acting(async (act) => {
          await deleteLabel(act, list);
          await beforeCommit();
        }),
      () => refused(save({ contact_label_ids: [list] })),
    );
    assert.equal(refusal.code, "unknown_id");
  }
});

test("a list that a workflow names as it is saved is not deleted at that moment", async () => {
  const list = await newList();
  const { workflow } = await newWorkflow(team, { ...NIGHTLY, filters: {} });
  const [, refusal] = await bothAtOnce(
    world,
    (beforeCommit) =>
      acting(async (act) => {
        const { entity, definition } = await getWorkflow(act, workflow.id);
        const filters = { ...definition.filters, contactLabelIds: [list] };
        await createWorkflow(
          act,
          { name: "Of a list", entity, definition: { ...definition, filters } },
          null,
        );
        await beforeCommit();
      }),
    () => refused(team.api.labels.delete({ id: list })),
  );
  assert.equal(refusal.code, "still_in_use");
});
