// What works while nobody looks, and what is told of it.

import type { Sentences } from "./sentence.ts";

export const unattended = {
  "copilot.created": (who, data) => `${who} made the copilot ${data.name}`,
  "copilot.changed": (who, data) => `${who} changed the copilot ${data.name}`,
  "copilot.deleted": (who, data) => `${who} deleted the copilot ${data.name}`,
  "copilot.proposed": (_who, data) => `The copilot ${data.name} proposed ${data.count} for ${data.day}`,
  "copilot.edited": (who, data) => `${who} changed whom the copilot ${data.name} proposed`,
  "copilot.approved": (who, data) => `${who} approved ${data.count} whom the copilot ${data.name} proposed`,
  "copilot.rejected": (who, data) => `${who} rejected ${data.count} whom the copilot ${data.name} proposed`,
  "score_formula.changed": (who, data) => `${who} replaced the score's formula: ${data.signals} signals`,
  "score_formula.reset": (who) => `${who} went back to the score's first formula`,
  "report_schedule.created": (who) => `${who} had a report sent at set times`,
  "report_schedule.changed": (who) => `${who} changed when a report is sent`,
  "report_schedule.deleted": (who) => `${who} no longer has a report sent`,
  "report.made": (who) => `A report that ${who} scheduled was made`,
  "report.sent": () => "A scheduled report was sent",
  "report.failed": () => "A scheduled report could not be sent",
  "forecast.made": (who, data) => `${who} looked ${data.days} days ahead`,
  "promise.made": (who, data) => `${who} asked when ${data.people} would begin`,
  "copilot.opener_decided": (who, data) =>
    `${who} decided on an opener of the copilot ${data.name}: ${data.decision}`,
  "language_model.changed": (who, data) => `${who} set the language model ${data.model}`,
  "language_model.deleted": (who, data) => `${who} disconnected the language model ${data.model}`,
  "language_model.tested": (who, data) => `${who} tried the language model: ${data.outcome}`,
  "webhook.created": (who) => `${who} subscribed a webhook`,
  "webhook.changed": (who) => `${who} changed a webhook`,
  "webhook.deleted": (who) => `${who} deleted a webhook`,
  "webhook.secret_rotated": (who) => `${who} gave a webhook a new secret`,
  "webhook.switched_off": () => "A webhook was switched off, because its receiver said that it is gone",
  "webhook.tested": (who) => `${who} tested a webhook`,
  "workflow.created": (who, data) => `${who} made the workflow ${data.name}`,
  "workflow.changed": (who, data) => `${who} changed the workflow ${data.name}`,
  "workflow.deleted": (who, data) => `${who} deleted the workflow ${data.name}`,
  "workflow.activated": (who, data) => `${who} switched the workflow ${data.name} on`,
  "workflow.deactivated": (who, data) =>
    data.reason === undefined
      ? `${who} switched the workflow ${data.name} off`
      : `The workflow ${data.name} was switched off, because whose it is has left the team`,
  "workflow.archived": (who, data) => `${who} archived the workflow ${data.name}`,
  "workflow.unarchived": (who, data) => `${who} took the workflow ${data.name} out of the archive`,
  "workflow.secrets_rotated": (who, data) => `${who} gave the workflow ${data.name} new secrets`,
  "workflow.run_started": (who, data) =>
    data.cause === "manual"
      ? `${who} ran the workflow ${data.name}`
      : `The workflow ${data.name} began a run`,
  "workflow.run_cancelled": (who, data) => `${who} stopped a run of the workflow ${data.name}`,
  "workflow.run_finished": (_who, data) => `A run of the workflow ${data.name} is through`,
  "workflow.run_failed": (_who, data) => `A run of the workflow ${data.name} failed`,
  "workflow.candidate_rerun": (who, data) => `${who} had the workflow ${data.name} take somebody once more`,
  "workflow.candidate_failed": (_who, data) =>
    `The workflow ${data.name} could not do all it was to do for ${data.count} (${data.code ?? "no reason kept"})`,
  "workflow.loop_stopped": (_who, data) =>
    `The workflow ${data.name} was stopped: workflows had led to one another in a circle`,
  "workflow.notified": (_who, data) => `The workflow ${data.name} told ${data.count} people`,
  "workflow.notice_read": (who) => `${who} read what a workflow had to tell`,
  "workflow.webhook_refused": (_who, data) => `What came for the workflow ${data.name} named nobody`,
  "webhook.replayed": (who) => `${who} had events delivered to a webhook again`,
} satisfies Sentences;
