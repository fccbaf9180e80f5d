// Scenarios of sequences, steps and enrollments: where in its way the contact is.

import assert from "node:assert/strict";
import type { GateCode } from "../../domain/gate/gate.ts";
import { planOnce } from "../../engine/planning/plan-steps.ts";
import { byEngine } from "../../engine/running/engine.ts";
import { releaseOrphans } from "../../features/sending/outbox/reconciliation.ts";
import { CALL_STEP } from "../sequenced.ts";
import { gatedMails, type StandingMail } from "./mails.ts";
import { type Scenario, texts } from "./scenario.ts";

const member = (what: string): Pick<Scenario, "stop" | "unanswered"> => ({
  unanswered: true,
  stop: ({ sql, enrollmentId }) => sql(`update enrollments set ${what} where id = $1`, [enrollmentId]),
});

export const OF_PLACE = {
  not_due: {
    ...member("due_at = cadenza_now() + interval '3 days'"),
    never: { before: "a mail that is only planned is called off, and planned anew for the new time" },
  },
  sequence_archived: { stop: ({ team, sequenceId }) => team.api.sequences.archive({ id: sequenceId }) },
  sequence_inactive: { stop: ({ team, sequenceId }) => team.api.sequences.abort({ id: sequenceId }) },
  step_removed: {
    sequence: { emailer_steps: [...texts("Hello").emailer_steps, CALL_STEP] },
    stop: ({ team, stepId }) => team.api.steps.remove({ id: stepId, force: true }),
  },
  step_off: { stop: ({ team, stepId }) => team.api.steps.update({ id: stepId, enabled: false }) },
  enrollment_removed: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.removeOrStop({
        emailer_campaign_ids: [sequenceId],
        contact_ids: [contactId],
        mode: "remove",
      }),
  },
  enrollment_finished: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.removeOrStop({
        emailer_campaign_ids: [sequenceId],
        contact_ids: [contactId],
        mode: "mark_as_finished",
      }),
  },
  enrollment_failed: member(
    "state = 'failed', failure_reason = 'snippets_missing', failed_at = now(), due_at = null",
  ),
  enrollment_paused: {
    stop: ({ team, sequenceId, contactId }) =>
      team.api.enrollments.pause({ id: sequenceId, contact_ids: [contactId] }),
  },
  delivery_unconfirmed: {
    unanswered: true, // the engine that let the mail go is gone, or its connection is
    stop: leaveInDoubt,
    kinds: ["sequence", "copy", "by hand"],
    stays: "unconfirmed",
    never: {
      claimed: "what is only claimed was certainly not sent",
      open: "what is not let go yet was certainly not sent",
    },
  },
} satisfies Partial<Record<GateCode, Scenario>>;

/** The mail was let go, and the engine that did it is gone. Planning anew must not make a second of it. */
async function leaveInDoubt(mail: StandingMail) {
  const { app } = mail.world.running;
  const { claim, gate } = gatedMails(mail.world);
  const claimed = await claim(mail);
  if (claimed) assert.equal((await gate(mail, claimed))?.is, "pass");
  const { id } = mail.team;
  const doubts = await app.db.inTeam(id, (db) => releaseOrphans(byEngine(app, db, id)));
  assert.equal(doubts, 1, "the mail was let go");
  await planOnce(mail.world.running);
}
