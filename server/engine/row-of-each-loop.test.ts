// Every loop of the engine that puts aside single rows, with one row of one team that fails in the database: the others of its team and
// of another team are done, it is told where people look, and it is done itself once what was wrong with it is gone. The scenarios are
// a complete table of the loops, so a new loop does not compile without one.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { deliveryKey, LOOPS, type RowLoop } from "../domain/basics/engine-loops.ts";
import { newId } from "../kernel/ids.ts";
import { feedSettles } from "../testing/feed.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { connectModel, openModel, says } from "../testing/model-peer.ts";
import { plant, plantContact, plantEnrollment, plantMessage } from "../testing/planted.ts";
import { until } from "../testing/sending.ts";
import { MAIL_STEP, newContacts, newMailbox, newSequence } from "../testing/sequenced.ts";
import { asOwner, call } from "../testing/wire.ts";
import { onWorkflow } from "../testing/workflowing.ts";
import { type Team, useWorld } from "../testing/world.ts";
import { askOnce } from "./automation/ask-models.ts";
import { proposeOnce } from "./automation/run-copilots.ts";
import { startWorkflows } from "./automation/run-workflows.ts";
import { markOnce } from "./planning/mark-unresponsive.ts";
import { planOnce } from "./planning/plan-steps.ts";
import { remindOnce } from "./planning/remind.ts";
import { replanOnce } from "./planning/replan.ts";
import { resumePaused } from "./planning/resume-paused.ts";
import { skipOnce } from "./planning/skip-tasks.ts";
import { answerAsProspects } from "./receiving/answer-as-prospects.ts";
import { findTestsOnce } from "./receiving/find-placement-tests.ts";
import { probeMailboxes, reconcileOnce } from "./sending/reconcile.ts";
import { sendTestsOnce } from "./sending/send-placement-tests.ts";
import { addUpOnce } from "./upkeep/add-days-up.ts";
import { applyRetentionOnce } from "./upkeep/apply-retention.ts";
import { checkOnce } from "./upkeep/check-domains.ts";
import { decideAbTestsOnce } from "./upkeep/decide-ab-tests.ts";
import { followActivityOnce } from "./upkeep/follow-activity.ts";
import { followRampsOnce } from "./upkeep/follow-ramps.ts";
import { followScoresOnce } from "./upkeep/follow-scores.ts";
import { pushOnce } from "./upkeep/send-pushes.ts";
import { sendDueReports } from "./upkeep/send-reports.ts";
import { startWebhooks } from "./upkeep/send-webhooks.ts";
import { sweep } from "./upkeep/sweep.ts";

const world = useWorld({ role: "api", catcher: true, webhookAllow: LOOPBACK });
const model = await openModel(says({ class: "willing_to_meet", reason: "They agree to the fourth." }));
after(() => model.close());

/** `bad` is what is put aside, `poisoned` the condition under which a write to the table fails. */
type Planted = { ids: string[]; bad: string; table: string; on?: "write" | "delete"; poisoned: string };

type Scenario = {
  plant(team: Team): Promise<Planted>;
  /** A loop that goes by itself is stopped when it is over. */
  round(isOver: () => Promise<boolean>): Promise<unknown>;
  /** Which of them are done. */
  done(team: Team, ids: string[]): Promise<string[]>;
};

/** Three emails of a test, to seeds that do not answer. */
async function plantTestMails(team: Team, columns: string, values: string): Promise<Planted> {
  const ids = [1, 2, 3].map(() => newId());
  const seeds = [await newMailbox(team), await newMailbox(team), await newMailbox(team)];
  const testId = newId();
  await sql(
    `insert into placement_tests (team_id, id, mailbox_id, started_by, is_of_step, subject, body_html, body_text, tracks_opens, started_at)
     values ($1, $2, $3, $4, false, 'Hi', '', 'Hi', false, 'epoch')`,
    [team.id, testId, (await newMailbox(team)).id, team.owner.id],
  );
  await sql(
    `insert into placement_mails (team_id, id, test_id, mailbox_id, seed_id, seed_email, internet_message_id, token, next_at, ${columns})
     select t.team_id, n.id, t.id, t.mailbox_id, n.seed, 'seed@kraft.example', '<' || n.id || '@n.example>', n.id, 'epoch', ${values}
       from placement_tests t, unnest($3::text[], $4::text[]) n (id, seed)
      where t.team_id = $1 and t.id = $2`,
    [team.id, testId, ids, seeds.map(({ id }) => id)],
  );
  const [, bad = ""] = ids;
  return { ids, bad, table: "placement_mails", poisoned: `new.id = '${bad}'` };
}

const looping = () => ({ app: world.running.app });

const SCENARIOS: Record<RowLoop, Scenario | { seenIn: string }> = {
  "plan-steps": { seenIn: "each-row.test.ts" },
  "send-mails": { seenIn: "each-row.test.ts" },
  "resume-paused": { seenIn: "each-row.test.ts" },
  replan: {
    async plant(team) {
      const sequence = await newSequence(team, {
        emailer_steps: [{ ...MAIL_STEP, wait_time: 2, wait_mode: "day" }],
      });
      const row = { current_step_id: sequence.steps[0], due_at: new Date("2100-01-01") };
      const ids = await Promise.all([1, 2, 3].map(() => plantEnrollment(world, team, sequence.id, row)));
      await sql("insert into replans (team_id, sequence_id, asked_at) values ($1, $2, now())", [
        team.id,
        sequence.id,
      ]);
      const [, bad = ""] = ids;
      return { ids, bad, table: "enrollments", poisoned: `new.id = '${bad}' and new.due_at < '2100-01-01'` };
    },
    async round() {
      while ((await replanOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("enrollments", "due_at < '2100-01-01'", ids),
  },
  "send-reports": {
    async plant(team) {
      const box = await newMailbox(team, { type: "catcher", smtp: undefined });
      const ids: string[] = [];
      for (const name of ["One", "Two", "Three"]) {
        const filter = { metrics: [{ value: "num_emails_sent" }] };
        const { view } = await team.api.views.create({ subject: "reports", name, filter });
        const wish = { view_id: view.id, every: "day" as const, time: "08:00", email_account_id: box.id };
        ids.push((await team.api.reportSchedules.create(wish)).report_schedule.id);
      }
      await sql("update report_schedules set next_run_at = 'epoch' where id = any($1)", [ids]);
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.next_run_at > '2000-01-01'`;
      return { ids, bad, table: "report_schedules", poisoned };
    },
    async round() {
      const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
      while ((await sendDueReports({ ...looping(), fence })) > 0);
    },
    done: (_, ids) => idsWhere("report_schedules", "next_run_at > '2000-01-01'", ids),
  },
  "run-copilots": {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const box = await newMailbox(team);
      const ids: string[] = [];
      for (const name of ["One", "Two", "Three"]) {
        const { copilot } = await team.api.copilots.create({
          name,
          filters: { email_statuses: ["verified"] },
          per_day: 3,
          active: true,
          emailer_campaign_id: sequence.id,
          email_account_ids: [box.id],
        });
        ids.push(copilot.id);
      }
      await sql("update copilots set is_active = true, propose_at = 'epoch' where id = any($1)", [ids]);
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.propose_at > '2000-01-01'`;
      return { ids, bad, table: "copilots", poisoned };
    },
    async round() {
      while ((await proposeOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("copilots", "propose_at > '2000-01-01'", ids),
  },
  "probe-mailboxes": {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const ids: string[] = [];
      for (let n = 1; n <= 3; n++) {
        const box = await newMailbox(team, { type: "catcher", smtp: undefined });
        ids.push(box.id);
        await plantMessage(world, team, sequence.id, {
          contact_id: await plantContact(world, team),
          mailbox_id: box.id,
          user_id: team.owner.id,
          delivery: "sent",
          internet_message_id: `<probe${n}@${team.id}.example>`,
          released_at: new Date(Date.now() - 3_600_000),
        });
      }
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.copies_to_sent is not null`;
      return { ids, bad, table: "mailboxes", poisoned };
    },
    round: () => probeMailboxes(looping()),
    done: (_, ids) => idsWhere("mailboxes", "copies_to_sent is not null", ids),
  },

  "queue-mails": ofMails({
    row: { delivery: "planned", is_queued: false, next_check_at: new Date(0) },
    poisoned: "new.is_queued",
    round: () => planOnce(looping()),
    done: "is_queued",
  }),
  "release-orphans": ofMails({
    row: { delivery: "claimed", engine_id: "64f0aa0000000000000000ee" },
    poisoned: "new.delivery = 'planned'",
    round: () => reconcileOnce(looping()),
    done: "delivery = 'planned'",
  }),
  "resolve-doubts": ofMails({
    row: { delivery: "unconfirmed", next_check_at: new Date(0), released_at: new Date() },
    poisoned: "new.next_check_at > '2000-01-01'",
    round: () => reconcileOnce(looping()),
    done: "next_check_at > '2000-01-01'",
  }),

  "skip-tasks": {
    async plant(team) {
      const at = new Date(0);
      const task = { user_id: team.owner.id, type: "call", status: "scheduled", due_at: at, skip_at: at };
      const ids = await Promise.all(
        [1, 2, 3].map(() => plant(world, team, "tasks", { ...task, created_at: at, updated_at: at })),
      );
      const [, bad = ""] = ids;
      // It is about no contact, so it is not skipped, and is not looked at again.
      return { ids, bad, table: "tasks", poisoned: `new.id = '${bad}' and new.skip_at is null` };
    },
    round: () => skipOnce(looping()),
    done: (_, ids) => idsWhere("tasks", "skip_at is null", ids),
  },
  "decide-ab-tests": {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const ids = ["One", "Two", "Three"].map(() => newId());
      for (const id of ids)
        await sql(
          `insert into ab_tests (team_id, id, sequence_id, step_id, metric, started_at, started_by, look_at)
           values ($1, $2, $3, $4, 'replied', 'epoch', $5, 'epoch')`,
          [
            team.id,
            id,
            sequence.id,
            (await team.api.steps.create({ ...MAIL_STEP, emailer_campaign_id: sequence.id })).emailer_step.id,
            team.owner.id,
          ],
        );
      const [, bad = ""] = ids;
      return { ids, bad, table: "ab_tests", poisoned: `new.id = '${bad}' and new.ended_at is not null` };
    },
    async round() {
      while ((await decideAbTestsOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("ab_tests", "ended_at is not null", ids),
  },
  "send-placement-tests": {
    plant: (team) => plantTestMails(team, "delivery, released_at", "'waiting', null::timestamptz"),
    async round() {
      const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
      while ((await sendTestsOnce({ ...looping(), fence })) > 0);
    },
    done: (_, ids) => idsWhere("placement_mails", "next_at > '2000-01-01'", ids),
  },
  "find-placement-tests": {
    plant: (team) => plantTestMails(team, "delivery, released_at", "'sent', 'epoch'::timestamptz"),
    async round() {
      while ((await findTestsOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("placement_mails", "place is not null", ids),
  },
  "apply-retention": {
    async plant(team) {
      const ids = ["One", "Two", "Three"].map(() => newId());
      await sql(
        "insert into notes (team_id, id, content, created_at, updated_at) select $1, unnest($2::text[]), 'Old', 'epoch', 'epoch'",
        [team.id, ids],
      );
      await sql(
        "insert into retention_rules (team_id, kind, keep_days, due_at) values ($1, 'notes', 30, 'epoch')",
        [team.id],
      );
      const [, bad = ""] = ids;
      return { ids, bad, table: "notes", on: "delete", poisoned: `old.id = '${bad}'` };
    },
    round: () => applyRetentionOnce(looping()),
    async done(_, ids) {
      const left = await sql("select id::text from notes where id = any($1)", [ids]);
      return ids.filter((id) => !left.some((row) => row.id === id));
    },
  },
  remind: {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const ids: string[] = [];
      for (let n = 1; n <= 3; n++)
        ids.push(
          await plantMessage(world, team, sequence.id, {
            contact_id: await plantContact(world, team),
            user_id: team.owner.id,
            delivery: "sent",
            internet_message_id: `<remind${n}@${team.id}.example>`,
            completed_at: new Date(Date.now() - 3 * 86_400_000),
          }),
        );
      await sql(
        "insert into reply_reminders (team_id, message_id, user_id, after_days) select $1, unnest($2::text[]), $3, 2",
        [team.id, ids, team.owner.id],
      );
      const [, bad = ""] = ids;
      return { ids, bad, table: "reply_reminders", on: "delete", poisoned: `old.message_id = '${bad}'` };
    },
    round: () => remindOnce(looping()),
    async done(_, ids) {
      const left = await sql(
        "select message_id::text as id from reply_reminders where message_id = any($1)",
        [ids],
      );
      return ids.filter((id) => !left.some((row) => row.id === id));
    },
  },
  "mark-unresponsive": {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const ids = await Promise.all([1, 2, 3].map(() => plantEnrollment(world, team, sequence.id)));
      await sql(
        "insert into awaited_answers (team_id, enrollment_id, until_at) select $1, unnest($2::text[]), 'epoch'",
        [team.id, ids],
      );
      const [, bad = ""] = ids;
      const poisoned = `old.enrollment_id = '${bad}'`;
      return { ids, bad, table: "awaited_answers", on: "delete", poisoned };
    },
    round: () => markOnce(looping()),
    async done(_, ids) {
      const left = await sql(
        "select enrollment_id::text as id from awaited_answers where enrollment_id = any($1)",
        [ids],
      );
      return ids.filter((id) => !left.some((row) => row.id === id));
    },
  },
  "follow-scores": {
    async plant(team) {
      const ids = await newContacts(team, 3);
      await sql("update contacts set email_last_opened_at = now() where id = any($1)", [ids]);
      const [, bad = ""] = ids;
      return { ids, bad, table: "contacts", poisoned: `new.id = '${bad}' and new.prospect_score = 30` };
    },
    async round() {
      while ((await followScoresOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("contacts", "prospect_score = 30", ids),
  },
  "follow-activity": {
    async plant(team) {
      const ids = await newContacts(team, 3);
      for (const contact_id of ids) await team.api.phoneCalls.create({ contact_id, to_number: "+4690" });
      await feedSettles(world);
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.last_activity_at is not null`;
      return { ids, bad, table: "contacts", poisoned };
    },
    async round() {
      while ((await followActivityOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("contacts", "last_activity_at is not null", ids),
  },
  "end-holds": {
    async plant(team) {
      const box = await newMailbox(team);
      const at = new Date(0);
      const ids = await Promise.all(
        [1, 2, 3].map(async (uid) => {
          const contact_id = await plantContact(world, team);
          const mail = { mailbox_id: box.id, content_key: `held ${uid}`, folder: "INBOX", uid, contact_id };
          const read = { kind: "reply", certainty: "sure", received_at: at, processed_at: at };
          const incoming_mail_id = await plant(world, team, "incoming_mails", { ...mail, ...read });
          const hold = { incoming_mail_id, contact_id, reason: "answered", since: at, until_at: at };
          return plant(world, team, "answer_holds", hold);
        }),
      );
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.settled_at is not null`;
      return { ids, bad, table: "answer_holds", poisoned };
    },
    round: () => resumePaused(looping()),
    done: (_, ids) => idsWhere("answer_holds", "settled_at is not null", ids),
  },
  "answer-as-prospects": {
    async plant(team) {
      const box = await newMailbox(team, { type: "catcher", smtp: undefined });
      const ids = await Promise.all(
        [1, 2, 3].map((uid) =>
          plant(world, team, "catcher_messages", {
            mailbox_id: box.id,
            uid: 1_000_000 + uid,
            folder: "Sent",
            at: new Date(),
            nth: 1,
            from_address: "a@b.example",
            to_address: `p${uid}@c.example`,
            subject: "x",
            raw: "x",
            answer_due_at: new Date(0),
          }),
        ),
      );
      const [, bad = ""] = ids;
      const poisoned = `new.id = '${bad}' and new.answer_due_at is null`;
      return { ids, bad, table: "catcher_messages", poisoned };
    },
    round: () => answerAsProspects(looping()),
    done: (_, ids) => idsWhere("catcher_messages", "answer_due_at is null", ids),
  },
  "run-workflows": {
    async plant(team) {
      const ids: string[] = [];
      for (let n = 1; n <= 3; n++) {
        const trigger = { type: "event", event: "contact.created" } as const;
        const actions: [{ type: "notify"; text: string }] = [{ type: "notify", text: "It happened" }];
        ids.push((await onWorkflow(team, { trigger, actions })).id);
      }
      await newContacts(team, 2);
      await feedSettles(world);
      const [, bad = ""] = ids;
      return { ids, bad, table: "workflow_candidates", poisoned: `new.workflow_id = '${bad}'` };
    },
    async round(isOver) {
      const stop = startWorkflows(world.running.app);
      await until(isOver);
      await stop();
    },
    /** Both contacts, once each. */
    async done(_, ids) {
      const found = await sql(
        `select workflow_id::text as id from workflow_candidates where workflow_id = any($1) and verdict = 'done'
          group by 1 having count(*) = 2`,
        [ids],
      );
      return found.map(({ id }) => String(id));
    },
  },
  "ask-models": {
    async plant(team) {
      await connectModel(team, model, { suggests_classes: true });
      const box = await newMailbox(team);
      const at = world.running.app.now().add({ seconds: 1 }).toString();
      const ids = await Promise.all(
        [1, 2, 3].map(async (uid) => {
          const contact_id = await plantContact(world, team);
          const mail = { mailbox_id: box.id, content_key: `asked ${uid}`, folder: "INBOX", uid, contact_id };
          const read = { kind: "reply", certainty: "unsure", received_at: at, processed_at: at };
          return plant(world, team, "incoming_mails", {
            ...mail,
            ...read,
            body_text: "Well. The fourth it is.",
          });
        }),
      );
      const [, bad = ""] = ids;
      return { ids, bad, table: "model_suggestions", poisoned: `new.incoming_mail_id = '${bad}'` };
    },
    async round() {
      while ((await askOnce(looping())) > 0);
    },
    async done(_, ids) {
      const found = await sql(
        "select incoming_mail_id::text as id from model_suggestions where incoming_mail_id = any($1) and state = 'suggested'",
        [ids],
      );
      return found.map(({ id }) => String(id));
    },
  },
  "send-pushes": {
    async plant(team) {
      const { api } = await world.signIn(team.owner.email, team.owner.password);
      const { public_key: p256dh } = await api.pushSubscriptions.list();
      const ids: string[] = [];
      for (const name of ["one", "two", "three"]) {
        const wish = { endpoint: `https://push.example/${name}`, p256dh, auth: "BTBZMqHH6r4Tts7J_aSIgg" };
        ids.push((await api.pushSubscriptions.create(wish)).push_subscription.id);
      }
      const [contact_id = ""] = await newContacts(team, 1);
      await team.api.tasks.create({ type: "action_item", title: "Told", user_id: team.owner.id, contact_id });
      const [, bad = ""] = ids;
      return { ids, bad, table: "push_subscriptions", poisoned: `new.id = '${bad}'` };
    },
    async round() {
      world.advance({ seconds: 2 });
      const dueAt = world.running.app.now().subtract({ seconds: 1 }).toString(); // what is older than an hour is not told
      await sql("update tasks set due_at = $1 where title = 'Told'", [dueAt]);
      const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
      while ((await pushOnce({ ...looping(), fence })) > 0);
    },
    // No service listens at their addresses, and that is written down.
    done: (_, ids) => idsWhere("push_subscriptions", "failures > 0", ids),
  },
  "send-webhooks": {
    async plant(team) {
      const wish = { url: "https://receiver.example/x", types: ["contact.created"] };
      const { webhook_subscription } = await team.api.webhookSubscriptions.create(wish);
      const contacts = await newContacts(team, 3);
      await feedSettles(world);
      const events = await sql(
        "select id::text from events where type = 'contact.created' and subject_id = any($1) order by id",
        [contacts],
      );
      const ids = events.map(({ id }) => String(id));
      const [, eventId = ""] = ids;
      const bad = deliveryKey({ eventId, subscriptionId: webhook_subscription.id });
      return { ids, bad, table: "webhook_deliveries", poisoned: `new.event_id = '${eventId}'` };
    },
    async round(isOver) {
      const stop = startWebhooks(world.running.app);
      await until(isOver);
      await stop(1_000);
    },
    async done(_, ids) {
      const found = await sql(
        "select event_id::text as id from webhook_deliveries where event_id = any($1)",
        [ids],
      );
      return found.map(({ id }) => String(id));
    },
  },
  "add-days-up": {
    async plant(team) {
      const days = ["2026-03-02", "2026-03-03", "2026-03-04"];
      await sql(
        `insert into message_day_places (team_id, zone, generation, until_day, until_at)
         values ($1::text, (select time_zone from teams where id = $1::text), 1, '2026-11-01', '2026-11-01')`,
        [team.id],
      );
      const sums =
        "sent, delivered, bounced, hard_bounced, spam_blocked, opened, clicked, replied, auto_replied";
      const others = "unsubscribed, demoed, open_tracked, click_tracked, opened_tracked, clicked_tracked";
      for (const day of days)
        await sql(
          `insert into message_day_changes (team_id, at, ${sums}, ${others})
           values ($1, $2, ${Array(15).fill(1).join(", ")})`,
          [team.id, `${day}T12:00:00Z`],
        );
      const [, bad = ""] = days;
      const poisoned = `new.team_id = '${team.id}' and new.day = '${bad}'`;
      return { ids: days, bad, table: "message_days", poisoned };
    },
    async round() {
      await feedSettles(world);
      while ((await addUpOnce(looping())) > 0);
    },
    async done(team, ids) {
      const found = await sql("select day::text as id from message_days where team_id = $1 and sent > 0", [
        team.id,
      ]);
      return found.map(({ id }) => String(id)).filter((id) => ids.includes(id));
    },
  },
  "check-domains": {
    async plant(team) {
      const ids = [1, 2, 3].map((n) => `d${n}-${team.id}.example`);
      for (const domain of ids) await newMailbox(team, { email: `me@${domain}` });
      const [, bad = ""] = ids;
      const poisoned = `new.domain = '${bad}' and new.checked_at is not null`;
      return { ids, bad, table: "sending_domains", poisoned };
    },
    async round() {
      while ((await checkOnce(looping())) > 0);
    },
    async done(_, ids) {
      const found = await sql(
        "select domain as id from sending_domains where domain = any($1) and checked_at is not null",
        [ids],
      );
      return found.map(({ id }) => String(id));
    },
  },
  "follow-ramps": {
    async plant(team) {
      const ramp = { start: 5, step: 1, ceiling: 9 };
      const ids: string[] = [];
      for (const n of [1, 2, 3])
        ids.push((await newMailbox(team, { email: `ramp${n}-${team.id}@example.org`, ramp })).id);
      await sql("update mailboxes set ramp_due_at = '2020-01-01' where id = any($1)", [ids]);
      const [, bad = ""] = ids;
      return {
        ids,
        bad,
        table: "mailboxes",
        poisoned: `new.id = '${bad}' and new.ramp_due_at > '2020-01-01'`,
      };
    },
    async round() {
      while ((await followRampsOnce(looping())) > 0);
    },
    done: (_, ids) => idsWhere("mailboxes", "ramp_due_at > '2020-01-01'", ids),
  },
  sweep: {
    async plant(team) {
      const old = new Date(0);
      const user = { user_id: team.owner.id, token_hash: Buffer.from(team.id), created_at: old };
      const session = await plant(world, team, "sessions", { ...user, expires_at: old });
      const poisoned = `old.team_id = '${team.id}'`;
      return { ids: [session], bad: "sessions", table: "sessions", on: "delete", poisoned };
    },
    round: () => sweep(world.running.app),
    async done(_, ids) {
      const left = await idsWhere("sessions", "true", ids);
      return ids.filter((id) => !left.includes(id));
    },
  },
};

for (const [loop, scenario] of Object.entries(SCENARIOS))
  if ("plant" in scenario)
    test(`${loop}: the row that fails is put aside, the others are done, and it is told`, async () => {
      const [team, other] = [await world.newTeam(), await world.newTeam()];
      const planted = await scenario.plant(team);
      const theirs = await scenario.plant(other);
      const heal = await poison(planted);
      const isBad = (id: string) => planted.ids.length === 1 || planted.bad.split(" ")[0] === id;
      const left = planted.ids.filter((id) => !isBad(id));
      const areDone = async (own: number, theirOwn: number) =>
        (await scenario.done(team, planted.ids)).length >= own &&
        (await scenario.done(other, theirs.ids)).length >= theirOwn;
      const isAside = async () =>
        (await sql("select 1 from set_aside where team_id in ($1, $2)", [team.id, other.id])).length > 0;
      await scenario.round(async () => (await areDone(left.length, theirs.ids.length)) && (await isAside()));
      assert.deepEqual(
        (await scenario.done(team, planted.ids)).sort(),
        left.toSorted(),
        "the others of its team",
      );
      assert.deepEqual(
        (await scenario.done(other, theirs.ids)).sort(),
        theirs.ids.toSorted(),
        "another team",
      );
      const aside = await sql("select loop, subject_id from set_aside where team_id in ($1, $2)", [
        team.id,
        other.id,
      ]);
      assert.deepEqual(aside, [{ loop, subject_id: planted.bad }]);
      // The first rest is five seconds; on a slow machine it would be over before anybody was asked.
      await sql("update set_aside set until = until + interval '1 hour' where team_id = $1", [team.id]);
      await isTold(team, loop as RowLoop);

      await heal();
      world.advance({ hours: 2 }); // a domain is asked about again after an hour
      const areAllDone = () => areDone(planted.ids.length, theirs.ids.length);
      await scenario.round(areAllDone);
      await scenario.round(areAllDone);
      assert.deepEqual(
        (await scenario.done(team, planted.ids)).sort(),
        planted.ids.toSorted(),
        "once it is healed",
      );
    });

test("what is put aside of a contact stands in its explanation, and what is of the whole team in all", async () => {
  const team = await world.newTeam();
  const [id = ""] = await newContacts(team, 1);
  await sql(
    `insert into set_aside (team_id, loop, subject_id, tries, since, until, error)
     values ($1, 'follow-scores', $2, 3, now(), now() + interval '100 days', 'x'),
            ($1, 'plan-steps', $1, 1, now(), now() + interval '100 days', 'x')`,
    [team.id, id],
  );
  const { explain } = await team.api.explain.contact({ id });
  assert.deepEqual(explain.set_aside.map(({ code }) => code).sort(), ["follow-scores", "plan-steps"]);
  const score = explain.set_aside.find(({ code }) => code === "follow-scores");
  assert.match(score?.sentence ?? "", /^Scoring contacts failed here, 3 times so far\./);
  assert.ok(Date.parse(score?.tried_again_at ?? "") > Date.parse(score?.since ?? ""));
});

/** To admins of the team on every page, and to the operator. */
async function isTold(team: Team, loop: RowLoop) {
  const { counts } = await team.api.today.counts();
  assert.deepEqual(
    counts.set_aside.map(({ code, says, subjects }) => [code, says, subjects]),
    [[loop, LOOPS[loop].says, 1]],
  );
  const ready = await call(`${world.url}/health/ready`);
  assert.equal(ready.status, 200);
  assert.ok((ready.body.set_aside as string[]).includes(loop));
  const [row] = await sql(
    "select subjects::int as n from set_aside_by_team(cadenza_now()) where team_id = $1",
    [team.id],
  );
  assert.equal(row?.n, 1);
}

type OfMails = { row: Record<string, unknown>; poisoned: string; round: Scenario["round"]; done: string };

function ofMails({ row, poisoned, round, done }: OfMails): Scenario {
  return {
    async plant(team) {
      const sequence = await newSequence(team, { active: false });
      const box = await newMailbox(team);
      const ids = await Promise.all(
        [1, 2, 3].map(async () =>
          plantMessage(world, team, sequence.id, {
            contact_id: await plantContact(world, team),
            mailbox_id: box.id,
            user_id: team.owner.id,
            ...row,
          }),
        ),
      );
      const [, bad = ""] = ids;
      return { ids, bad, table: "messages", poisoned: `new.id = '${bad}' and ${poisoned}` };
    },
    round,
    done: (_, ids) => idsWhere("messages", done, ids),
  };
}

async function idsWhere(table: string, where: string, ids: string[]) {
  const rows = await sql(`select id::text from ${table} where id = any($1) and ${where}`, [ids]);
  return rows.map(({ id }) => String(id));
}

let made = 0;

/** What is written of this row fails. Answers what takes that away. */
async function poison({ table, on = "write", poisoned }: Planted) {
  const name = `poisoned_${++made}`;
  const when = on === "write" ? "before insert or update" : "before delete";
  await sql(`create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
    create trigger ${name} ${when} on ${table} for each row when (${poisoned}) execute function ${name}();`);
  return () => sql(`drop trigger ${name} on ${table}`);
}

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query<Record<string, unknown>>(text, params)).rows);
}
