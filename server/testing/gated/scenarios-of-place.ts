// Scenarios of sequences, steps and enrollments: where in its way the contact is.

import type { GateCode } from "../../domain/gate/gate.ts";
import { CALL_STEP } from "../sequenced.ts";
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
    stop: async () => {},
    never: {
      before: "there is no mail yet that could be in doubt",
      claimed: "what is only claimed was certainly not sent",
      open: "its outcome is known later",
      released: "late-word.test.ts has the mails in doubt",
    },
  },
} satisfies Partial<Record<GateCode, Scenario>>;
