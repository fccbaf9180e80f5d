// Each loop of the engine in a sandbox: when it has something to do next, and what does it. The time is moved from one of these
// times to the next, so a loop without an entry would be late by as long as nothing else happens: it does not compile.
// The order is that of the work at one instant. Answers come in before emails go out.

import type { LoopName } from "../../domain/basics/engine-loops.ts";
import { LIMITS_CHANGED } from "../../features/gate/mailbox-limits/store.ts";
import { proposeOnce } from "../automation/run-copilots.ts";
import { markOnce } from "../planning/mark-unresponsive.ts";
import { planOnce } from "../planning/plan-steps.ts";
import { remindOnce } from "../planning/remind.ts";
import { replanOnce } from "../planning/replan.ts";
import { resumePaused } from "../planning/resume-paused.ts";
import { skipOnce } from "../planning/skip-tasks.ts";
import { answerAsProspects } from "../receiving/answer-as-prospects.ts";
import type { Engine } from "../running/engine.ts";
import { probeMailboxes, reconcileOnce } from "../sending/reconcile.ts";
import { addUpOnce } from "../upkeep/add-days-up.ts";
import { applyRetentionOnce } from "../upkeep/apply-retention.ts";
import { decideAbTestsOnce } from "../upkeep/decide-ab-tests.ts";
import { followActivityOnce } from "../upkeep/follow-activity.ts";
import { followRampsOnce } from "../upkeep/follow-ramps.ts";
import { followScoresOnce } from "../upkeep/follow-scores.ts";
import { sendDueReports } from "../upkeep/send-reports.ts";
import { sweep } from "../upkeep/sweep.ts";
import { watchBrakesOnce } from "../upkeep/watch-brakes.ts";
import { lookAtLimits } from "./limits.ts";

/** Answers how much it did. Without a signal to stop: a team that takes long is waited for, or the time would move while it works. */
export type Work = (looping: Omit<Engine, "stopping">) => Promise<number>;

export type SandboxLoop =
  /** `at` is SQL: when there is something to do next, or null. `$1` is the team, `$2` the time. */
  | { at: string; work: Work }
  /** Done elsewhere: by a lane of its own, or by a loop that the time waits for. */
  | { at: string; doneBy: string }
  /** Follows what others did, so often at most, and is the reason for nothing by itself. */
  | { every: Temporal.DurationLike; work: Work }
  | { comesWith: LoopName; because: string }
  | { never: string };

const nowWhere = (condition: string) => `(select $2::timestamptz where exists (${condition}))`;

export const SANDBOX_LOOPS: Readonly<Record<LoopName, SandboxLoop>> = {
  "answer-as-prospects": {
    at: "(select min(answer_due_at) from catcher_messages where team_id = $1 and answer_due_at is not null)",
    work: answerAsProspects,
  },
  "end-holds": {
    at: "(select min(until_at) from answer_holds where team_id = $1 and settled_at is null)",
    work: resumePaused,
  },
  "resume-paused": {
    at: "(select min(resume_at) from enrollments where team_id = $1 and state = 'paused' and resume_at is not null)",
    work: resumePaused,
  },
  replan: { at: nowWhere("select from replans where team_id = $1"), work: replanOnce },
  "follow-ramps": {
    at: "(select min(ramp_due_at) from mailboxes where team_id = $1 and ramp is not null and revoked_at is null)",
    async work(looping) {
      const did = await followRampsOnce(looping);
      if (did > 0) await lookAtLimits(looping, { all: true });
      return did;
    },
  },
  "skip-tasks": {
    at: "(select min(skip_at) from tasks where team_id = $1 and status = 'scheduled' and skip_at is not null)",
    work: skipOnce,
  },
  "mark-unresponsive": {
    at: "(select min(until_at) from awaited_answers where team_id = $1)",
    work: markOnce,
  },
  remind: {
    at: `(select min(m.completed_at + r.after_days * interval '24 hours') from reply_reminders r
           join messages m on m.team_id = $1 and m.id = r.message_id and m.delivery = 'sent'
          where r.team_id = $1)`,
    work: remindOnce,
  },
  "decide-ab-tests": {
    at: "(select min(look_at) from ab_tests where team_id = $1)",
    work: decideAbTestsOnce,
  },
  "apply-retention": {
    at: "(select min(due_at) from retention_rules where team_id = $1)",
    work: applyRetentionOnce,
  },
  "follow-scores": {
    at: `(select least(${nowWhere("select from score_marks where team_id = $1")},
                       (select min(ages_at) from score_formulas where team_id = $1)))`,
    work: followScoresOnce,
  },
  "run-copilots": {
    at: "(select min(propose_at) from copilots where team_id = $1 and is_active)",
    work: proposeOnce,
  },
  "plan-steps": {
    at: "(select min(plan_at) from enrollments where team_id = $1 and state = 'active' and plan_at is not null)",
    work: planOnce,
  },
  "queue-mails": {
    at: `(select least((select min(next_check_at) from messages where team_id = $1 and delivery = 'planned' and not is_queued),
                       ${nowWhere(LIMITS_CHANGED)}))`,
    work: async (looping) => (await lookAtLimits(looping, { all: false })) + (await planOnce(looping)),
  },
  "resolve-doubts": {
    at: "(select min(next_check_at) from messages where team_id = $1 and delivery = 'unconfirmed')",
    work: reconcileOnce,
  },
  "send-reports": {
    at: `(select min(at) from (
            select min(next_run_at) as at from report_schedules where team_id = $1 and is_active
            union all select min(next_check_at) from report_runs where team_id = $1
            union all select min(next_check_at) from report_mails where team_id = $1) r)`,
    work: sendDueReports,
  },
  "send-mails": {
    at: nowWhere("select from messages where team_id = $1 and delivery = 'planned' and is_queued"),
    doneBy: "the lanes of the mailboxes, after everything else",
  },
  "run-workflows": {
    at: `(select min(at) from (
            select min(next_run_at) as at from workflows where team_id = $1 and is_active
            union all select min(c.due_at) from workflow_candidates c
             where c.team_id = $1 and c.verdict = 'waiting'
               and (c.runs_anyway or exists (select from workflows w
                                              where w.team_id = $1 and w.id = c.workflow_id and w.is_active))) w)`,
    doneBy: "a loop of its own, since calls to receivers take long",
  },
  "send-webhooks": {
    at: `(select min(d.next_attempt_at) from webhook_deliveries d
           join webhook_subscriptions s on s.team_id = $1 and s.id = d.subscription_id and s.is_active
          where d.team_id = $1 and d.status = 'pending')`,
    doneBy: "a loop of its own, since receivers take long",
  },
  "watch-brakes": { every: { minutes: 5 }, work: watchBrakesOnce },
  "follow-activity": { every: { hours: 1 }, work: followActivityOnce },
  "add-days-up": { every: { hours: 1 }, work: addUpOnce },
  "probe-mailboxes": { every: { hours: 1 }, work: probeMailboxes },
  sweep: { every: { hours: 24 }, work: ({ app }) => sweep(app) },
  "revive-jobs": { comesWith: "sweep", because: "one function does both" },
  "release-orphans": {
    comesWith: "resolve-doubts",
    because: "one function does both, and it also runs while emails of an engine that is gone wait",
  },
  "ask-models": { never: "a sandbox asks no language model" },
  "send-pushes": { never: "a sandbox sends nothing to devices" },
  "send-placement-tests": { never: "emails of a sandbox reach no provider" },
  "find-placement-tests": { never: "emails of a sandbox reach no provider" },
  "check-domains": { never: "a sandbox asks no name server" },
};
