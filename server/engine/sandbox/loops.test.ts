// What a sandbox holds to be due is what each loop finds: for a team with a history, at many times ahead.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "@cadenza/sdk";
import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { inSandbox } from "../../testing/sandboxed.ts";
import { newMailbox } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { lookAt } from "./looking.ts";

const world = useWorld({ ...(await inSandbox()), sampleTeam: true });

/** What each loop asks for the teams that have work. Loops of their own also find work that has no due time. */
const FINDS: Partial<Record<LoopName, string>> = {
  "answer-as-prospects": "teams_with_catcher_answers_due($1)",
  "end-holds": "teams_with_holds_over($1)",
  "resume-paused": "teams_with_resumes_due($1)",
  replan: "teams_with_replans()",
  "follow-ramps": "teams_with_ramps_due($1)",
  "skip-tasks": "teams_with_tasks_to_skip($1)",
  "mark-unresponsive": "teams_with_unanswered($1)",
  remind: "teams_with_reminders_due($1)",
  "decide-ab-tests": "teams_with_ab_tests_due($1)",
  "apply-retention": "teams_with_retention_due($1)",
  "follow-scores": "teams_with_scores_to_follow($1)",
  "run-copilots": "teams_with_copilots_due($1)",
  "plan-steps": "teams_with_plans_due($1)",
  "queue-mails": "teams_with_mails_due($1)",
  "send-reports": "teams_with_reports_due($1)",
  "run-workflows": "teams_with_workflow_work($1)",
};
/** The sample has nothing for them: both sides are compared, and both say no. */
const NOT_IN_SAMPLE = [
  "answer-as-prospects",
  "end-holds",
  "replan",
  "follow-scores",
  "run-copilots",
  "send-reports",
  "run-workflows",
];

/** A day or two ahead. The sample has no such times. */
const PLANTED = [
  `update tasks set skip_at = $2::timestamptz + interval '26 hours'
    where team_id = $1 and title = 'Skipped tomorrow'`,
  `insert into awaited_answers (team_id, enrollment_id, until_at)
   select team_id, id, $2::timestamptz + interval '50 hours' from enrollments where team_id = $1 limit 1`,
  `insert into ab_tests (team_id, id, sequence_id, step_id, metric, started_at, look_at)
   select team_id, new_ident(), sequence_id, id, 'replied', $2::timestamptz, $2::timestamptz + interval '30 hours'
     from sequence_steps where team_id = $1 and type = 'auto_email' limit 1`,
  `insert into retention_rules (team_id, kind, keep_days, due_at) values ($1, 'notes', 30, $2::timestamptz + interval '20 hours')`,
  `insert into reply_reminders (team_id, message_id, user_id, after_days)
   select team_id, id, user_id, (extract(epoch from $2::timestamptz - completed_at) / 86400)::int + 2 from messages
    where team_id = $1 and delivery = 'sent' and user_id is not null and completed_at > $2::timestamptz - interval '80 days' limit 1`,
];

async function anyContact(api: Client) {
  const [contact] = (await api.contacts.search({ per_page: 1 })).contacts;
  assert.ok(contact);
  return contact.id;
}

async function found(finds: string, teamId: string, at: Temporal.Instant) {
  const params = finds.includes("$1") ? [at.toString()] : [];
  const { rows } = await asOwner(world, (client) => client.query(`select team_id from ${finds} f`, params));
  return rows.some((row) => row.team_id === teamId);
}

test("at each time, a loop has something to do where the sandbox holds it to be due", async () => {
  const api = world.operator;
  await api.sandbox.advance({ minutes: 1, wait_seconds: 300 }); // the sample is there, and what is due is done
  const teamId = (await api.teams.current()).team.id;
  await api.tasks.create({
    type: "action_item",
    title: "Skipped tomorrow",
    contact_id: await anyContact(api),
  });
  await newMailbox({ api }, { ramp: { start: 2, step: 1, every_days: 1, ceiling: 10 } });
  await api.sandbox.advance({ minutes: 1, wait_seconds: 300 }); // a limit that changed is looked at anew
  const { app } = world.running;
  for (const sql of PLANTED)
    assert.equal(
      (await asOwner(world, (client) => client.query(sql, [teamId, app.now().toString()]))).rowCount,
      1,
      sql,
    );
  const seen = new Set<string>();
  for (const hours of [0, 1, 5, 24, 72, 24 * 7, 24 * 30, 24 * 120]) {
    const at = app.now().add({ hours });
    const { times } = await app.db.inTeam(teamId, (db) => lookAt(db, teamId, at));
    const due = new Set<string>(times.flatMap(({ loop, due: since }) => (since ? [loop] : [])));
    for (const [loop, finds] of Object.entries(FINDS)) {
      assert.equal(due.has(loop), await found(finds, teamId, at), `${loop} at ${at}`);
      if (due.has(loop)) seen.add(loop);
    }
  }
  assert.deepEqual(
    Object.keys(FINDS).filter((loop) => !seen.has(loop) && !NOT_IN_SAMPLE.includes(loop)),
    [],
  );
});
