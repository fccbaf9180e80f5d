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
  /** `times` is SQL: rows of `at`, when there is something to do. `$1` is the team, `$2` the time. */
  | { times: string; work: Work }
  /** Done elsewhere: by a lane of its own, or by a loop that the time waits for. */
  | { times: string; doneBy: string }
  /** Follows what others did, so often at most, and is the reason for nothing by itself. */
  | { every: Temporal.DurationLike; work: Work }
  | { comesWith: LoopName; because: string }
  | { never: string };

const nowWhere = (condition: string) => `select $2::timestamptz as at where exists (${condition})`;

export const SANDBOX_LOOPS: Readonly<Record<LoopName, SandboxLoop>> = {
  "answer-as-prospects": {
    times:
      "select answer_due_at as at from catcher_messages where team_id = $1 and answer_due_at is not null",
    work: answerAsProspects,
  },
  "end-holds": {
    times: "select until_at as at from answer_holds where team_id = $1 and settled_at is null",
    work: resumePaused,
  },
  "resume-paused": {
    times:
      "select resume_at as at from enrollments where team_id = $1 and state = 'paused' and resume_at is not null",
    work: resumePaused,
  },
  replan: { times: nowWhere("select from replans where team_id = $1"), work: replanOnce },
  "follow-ramps": {
    times:
      "select ramp_due_at as at from mailboxes where team_id = $1 and ramp is not null and revoked_at is null",
    async work(looping) {
      const did = await followRampsOnce(looping);
      if (did > 0) await lookAtLimits(looping, { all: true });
      return did;
    },
  },
  "skip-tasks": {
    times:
      "select skip_at as at from tasks where team_id = $1 and status = 'scheduled' and skip_at is not null",
    work: skipOnce,
  },
  "mark-unresponsive": {
    times: "select until_at as at from awaited_answers where team_id = $1",
    work: markOnce,
  },
  remind: {
    times: `select m.completed_at + r.after_days * interval '24 hours' as at from reply_reminders r
             join messages m on m.team_id = $1 and m.id = r.message_id and m.delivery = 'sent'
            where r.team_id = $1`,
    work: remindOnce,
  },
  "decide-ab-tests": {
    times: "select look_at as at from ab_tests where team_id = $1",
    work: decideAbTestsOnce,
  },
  "apply-retention": {
    times: "select due_at as at from retention_rules where team_id = $1",
    work: applyRetentionOnce,
  },
  "follow-scores": {
    times: `${nowWhere("select from score_marks where team_id = $1")}
            union all select ages_at from score_formulas where team_id = $1 and ages_at is not null`,
    work: followScoresOnce,
  },
  "run-copilots": {
    times: "select propose_at as at from copilots where team_id = $1 and is_active",
    work: proposeOnce,
  },
  "plan-steps": {
    times:
      "select plan_at as at from enrollments where team_id = $1 and state = 'active' and plan_at is not null",
    work: planOnce,
  },
  "queue-mails": {
    times: `select next_check_at as at from messages where team_id = $1 and delivery = 'planned' and not is_queued
            union all ${nowWhere(LIMITS_CHANGED)}`,
    work: async (looping) => (await lookAtLimits(looping, { all: false })) + (await planOnce(looping)),
  },
  "resolve-doubts": {
    times: "select next_check_at as at from messages where team_id = $1 and delivery = 'unconfirmed'",
    work: reconcileOnce,
  },
  "send-reports": {
    times: `select next_run_at as at from report_schedules where team_id = $1 and is_active
            union all select next_check_at from report_runs where team_id = $1
            union all select next_check_at from report_mails where team_id = $1`,
    work: sendDueReports,
  },
  "send-mails": {
    times: nowWhere("select from messages where team_id = $1 and delivery = 'planned' and is_queued"),
    doneBy: "the lanes of the mailboxes, after everything else",
  },
  "run-workflows": {
    times: `select next_run_at as at from workflows where team_id = $1 and is_active
            union all select c.due_at from workflow_candidates c
             where c.team_id = $1 and c.verdict = 'waiting'
               and (c.runs_anyway or exists (select from workflows w
                                              where w.team_id = $1 and w.id = c.workflow_id and w.is_active))`,
    doneBy: "a loop of its own, since calls to receivers take long",
  },
  "send-webhooks": {
    times: `select d.next_attempt_at as at from webhook_deliveries d
             join webhook_subscriptions s on s.team_id = $1 and s.id = d.subscription_id and s.is_active
            where d.team_id = $1 and d.status = 'pending'`,
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
