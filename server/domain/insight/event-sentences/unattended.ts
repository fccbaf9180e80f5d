// Sentences about work that runs without a user.

import { codeWords } from "../../../kernel/code-words.ts";
import { say } from "../../../kernel/say.ts";
import type { Sentences } from "./sentence.ts";

export const unattended = {
  "copilot.created": (who, data) => say("{who} created the copilot {name}", { who, name: data.name }),
  "copilot.changed": (who, data) => say("{who} changed the copilot {name}", { who, name: data.name }),
  "copilot.deleted": (who, data) => say("{who} deleted the copilot {name}", { who, name: data.name }),
  "copilot.proposed": (_who, data) =>
    say("The copilot {name} proposed {count} contacts for {day}", {
      name: data.name,
      count: data.count,
      day: data.day,
    }),
  "copilot.edited": (who, data) =>
    say("{who} changed the proposals of the copilot {name}", { who, name: data.name }),
  "copilot.approved": (who, data) =>
    say("{who} approved {count} proposals of the copilot {name}", {
      who,
      count: data.count,
      name: data.name,
    }),
  "copilot.rejected": (who, data) =>
    say("{who} rejected {count} proposals of the copilot {name}", {
      who,
      count: data.count,
      name: data.name,
    }),
  "score_formula.changed": (who, data) =>
    say("{who} changed the score formula: {signals} signals", { who, signals: data.signals }),
  "score_formula.reset": (who) => say("{who} reset the score formula to the default", { who }),
  "report_schedule.created": (who) => say("{who} scheduled a report", { who }),
  "report_schedule.changed": (who) => say("{who} changed the schedule of a report", { who }),
  "report_schedule.deleted": (who) => say("{who} deleted the schedule of a report", { who }),
  "push_subscription.created": (who, data) =>
    say("{who} turned on notifications on {device}", { who, device: data.device ?? say("a device") }),
  "push_subscription.changed": (who, data) =>
    say("{who} changed the notifications on {device}", { who, device: data.device ?? say("a device") }),
  "push_subscription.deleted": (who, data) =>
    data.because === undefined
      ? say("{who} turned off notifications on {device}", { who, device: data.device ?? say("a device") })
      : say("Notifications on {device} were turned off, because its push service no longer took them", {
          device: data.device ?? say("a device"),
        }),
  "push_subscription.tested": (who, data) =>
    say("{who} tested the notifications on {device}", { who, device: data.device ?? say("a device") }),
  "report.made": (who) => say("A report scheduled by {who} was created", { who }),
  "report.sent": () => say("A scheduled report was sent"),
  "report.failed": () => say("A scheduled report could not be sent"),
  "trial_run.started": (who, data) =>
    say("{who} started a trial run of {days} days", { who, days: data.days }),
  "trial_run.deleted": (who) => say("{who} deleted a trial run", { who }),
  "forecast.made": (who, data) => say("{who} ran a forecast for {days} days", { who, days: data.days }),
  "promise.made": (who, data) =>
    say("{who} previewed the start dates of {people} contacts", { who, people: data.people }),
  "copilot.opener_decided": (who, data) =>
    say("{who} decided on an opener of the copilot {name}: {decision}", {
      who,
      name: data.name,
      decision: codeWords(data.decision),
    }),
  "language_model.changed": (who, data) =>
    say("{who} set the language model {model}", { who, model: data.model }),
  "language_model.deleted": (who, data) =>
    say("{who} disconnected the language model {model}", { who, model: data.model }),
  "language_model.tested": (who, data) =>
    say("{who} tested the language model: {outcome}", { who, outcome: codeWords(data.outcome) }),
  "webhook.created": (who) => say("{who} created a webhook", { who }),
  "webhook.changed": (who) => say("{who} changed a webhook", { who }),
  "webhook.deleted": (who) => say("{who} deleted a webhook", { who }),
  "webhook.secret_rotated": (who) => say("{who} gave a webhook a new secret", { who }),
  "webhook.switched_off": () =>
    say("A webhook was turned off, because its receiver answered that it no longer exists"),
  "webhook.tested": (who) => say("{who} tested a webhook", { who }),
  "workflow.created": (who, data) => say("{who} created the workflow {name}", { who, name: data.name }),
  "workflow.changed": (who, data) => say("{who} changed the workflow {name}", { who, name: data.name }),
  "workflow.deleted": (who, data) => say("{who} deleted the workflow {name}", { who, name: data.name }),
  "workflow.activated": (who, data) => say("{who} turned on the workflow {name}", { who, name: data.name }),
  "workflow.deactivated": (who, data) =>
    data.reason === undefined
      ? say("{who} turned off the workflow {name}", { who, name: data.name })
      : say("The workflow {name} was turned off, because its owner has left the team", { name: data.name }),
  "workflow.archived": (who, data) => say("{who} archived the workflow {name}", { who, name: data.name }),
  "workflow.unarchived": (who, data) => say("{who} unarchived the workflow {name}", { who, name: data.name }),
  "workflow.secrets_rotated": (who, data) =>
    say("{who} gave the workflow {name} new secrets", { who, name: data.name }),
  "workflow.run_started": (who, data) =>
    data.cause === "manual"
      ? say("{who} ran the workflow {name}", { who, name: data.name })
      : say("The workflow {name} started a run", { name: data.name }),
  "workflow.run_cancelled": (who, data) =>
    say("{who} stopped a run of the workflow {name}", { who, name: data.name }),
  "workflow.run_finished": (_who, data) => say("A run of the workflow {name} finished", { name: data.name }),
  "workflow.run_failed": (_who, data) => say("A run of the workflow {name} failed", { name: data.name }),
  "workflow.candidate_rerun": (who, data) =>
    say("{who} ran the workflow {name} again for one record", { who, name: data.name }),
  "workflow.candidate_failed": (_who, data) =>
    say("The workflow {name} failed for {count} records ({code})", {
      name: data.name,
      count: data.count,
      code: data.code ?? say("no reason recorded"),
    }),
  "workflow.loop_stopped": (_who, data) =>
    say("The workflow {name} was stopped: workflows had triggered each other in a loop", { name: data.name }),
  "workflow.notified": (_who, data) =>
    say("The workflow {name} notified {count} users", { name: data.name, count: data.count }),
  "workflow.notice_read": (who) => say("{who} read a workflow notification", { who }),
  "workflow.webhook_refused": (_who, data) =>
    say("A call to the workflow {name} named no contact", { name: data.name }),
  "webhook.replayed": (who) => say("{who} sent events to a webhook again", { who }),
} satisfies Sentences;
