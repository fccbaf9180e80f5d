// Sentences about work that runs without a user.

import type { Sentences } from "./sentence.ts";

export const unattended = {
  "copilot.created": (who, data) => `${who} created the copilot ${data.name}`,
  "copilot.changed": (who, data) => `${who} changed the copilot ${data.name}`,
  "copilot.deleted": (who, data) => `${who} deleted the copilot ${data.name}`,
  "copilot.proposed": (_who, data) =>
    `The copilot ${data.name} proposed ${data.count} contacts for ${data.day}`,
  "copilot.edited": (who, data) => `${who} changed the proposals of the copilot ${data.name}`,
  "copilot.approved": (who, data) => `${who} approved ${data.count} proposals of the copilot ${data.name}`,
  "copilot.rejected": (who, data) => `${who} rejected ${data.count} proposals of the copilot ${data.name}`,
  "score_formula.changed": (who, data) => `${who} changed the score formula: ${data.signals} signals`,
  "score_formula.reset": (who) => `${who} reset the score formula to the default`,
  "report_schedule.created": (who) => `${who} scheduled a report`,
  "report_schedule.changed": (who) => `${who} changed the schedule of a report`,
  "report_schedule.deleted": (who) => `${who} deleted the schedule of a report`,
  "push_subscription.created": (who, data) =>
    `${who} turned on notifications on ${data.device ?? "a device"}`,
  "push_subscription.changed": (who, data) =>
    `${who} changed the notifications on ${data.device ?? "a device"}`,
  "push_subscription.deleted": (who, data) =>
    data.because === undefined
      ? `${who} turned off notifications on ${data.device ?? "a device"}`
      : `Notifications on ${data.device ?? "a device"} were turned off, because its push service no longer took them`,
  "push_subscription.tested": (who, data) =>
    `${who} tested the notifications on ${data.device ?? "a device"}`,
  "report.made": (who) => `A report scheduled by ${who} was created`,
  "report.sent": () => "A scheduled report was sent",
  "report.failed": () => "A scheduled report could not be sent",
  "trial_run.started": (who, data) => `${who} started a trial run of ${data.days} days`,
  "trial_run.deleted": (who) => `${who} deleted a trial run`,
  "forecast.made": (who, data) => `${who} ran a forecast for ${data.days} days`,
  "promise.made": (who, data) => `${who} previewed the start dates of ${data.people} contacts`,
  "copilot.opener_decided": (who, data) =>
    `${who} decided on an opener of the copilot ${data.name}: ${data.decision}`,
  "language_model.changed": (who, data) => `${who} set the language model ${data.model}`,
  "language_model.deleted": (who, data) => `${who} disconnected the language model ${data.model}`,
  "language_model.tested": (who, data) => `${who} tested the language model: ${data.outcome}`,
  "webhook.created": (who) => `${who} created a webhook`,
  "webhook.changed": (who) => `${who} changed a webhook`,
  "webhook.deleted": (who) => `${who} deleted a webhook`,
  "webhook.secret_rotated": (who) => `${who} gave a webhook a new secret`,
  "webhook.switched_off": () =>
    "A webhook was turned off, because its receiver answered that it no longer exists",
  "webhook.tested": (who) => `${who} tested a webhook`,
  "workflow.created": (who, data) => `${who} created the workflow ${data.name}`,
  "workflow.changed": (who, data) => `${who} changed the workflow ${data.name}`,
  "workflow.deleted": (who, data) => `${who} deleted the workflow ${data.name}`,
  "workflow.activated": (who, data) => `${who} turned on the workflow ${data.name}`,
  "workflow.deactivated": (who, data) =>
    data.reason === undefined
      ? `${who} turned off the workflow ${data.name}`
      : `The workflow ${data.name} was turned off, because its owner has left the team`,
  "workflow.archived": (who, data) => `${who} archived the workflow ${data.name}`,
  "workflow.unarchived": (who, data) => `${who} unarchived the workflow ${data.name}`,
  "workflow.secrets_rotated": (who, data) => `${who} gave the workflow ${data.name} new secrets`,
  "workflow.run_started": (who, data) =>
    data.cause === "manual"
      ? `${who} ran the workflow ${data.name}`
      : `The workflow ${data.name} started a run`,
  "workflow.run_cancelled": (who, data) => `${who} stopped a run of the workflow ${data.name}`,
  "workflow.run_finished": (_who, data) => `A run of the workflow ${data.name} finished`,
  "workflow.run_failed": (_who, data) => `A run of the workflow ${data.name} failed`,
  "workflow.candidate_rerun": (who, data) => `${who} ran the workflow ${data.name} again for one record`,
  "workflow.candidate_failed": (_who, data) =>
    `The workflow ${data.name} failed for ${data.count} records (${data.code ?? "no reason recorded"})`,
  "workflow.loop_stopped": (_who, data) =>
    `The workflow ${data.name} was stopped: workflows had triggered each other in a loop`,
  "workflow.notified": (_who, data) => `The workflow ${data.name} notified ${data.count} users`,
  "workflow.notice_read": (who) => `${who} read a workflow notification`,
  "workflow.webhook_refused": (_who, data) => `A call to the workflow ${data.name} named no contact`,
  "webhook.replayed": (who) => `${who} sent events to a webhook again`,
} satisfies Sentences;
