// Refusals of what runs by itself: workflows, copilots, forecasts, the language model.

import type { RefusalEntry } from "./entry.ts";

export const automation = {
  automation_key_ended: {
    status: 422,
    says: "The API key or application that this was saved with is no longer valid.",
    fix: "Save it or turn it on again, so that it acts with your own permissions.",
  },
  workflow_archived: {
    status: 422,
    says: "The workflow is archived, so it cannot run.",
    fix: "Unarchive it with `archived: false`, then turn it on.",
  },
  workflow_of_another: {
    status: 403,
    forbids: true,
    says: "Only the user who created a workflow, or an admin, can change or run it.",
  },
  workflow_given_by_admin: {
    status: 403,
    forbids: true,
    says: "Only an admin can change the owner of a workflow, because it then acts with the new owner's permissions.",
  },
  workflow_matches_everybody: {
    status: 422,
    says: "No filter is set, so the workflow would run for every record of your team.",
    fix: "Set a filter. To run it for every record, send everybody: true.",
  },
  workflow_names_missing: { status: 422, says: "There is no {kind} {id}." },
  hidden_sequence_named: {
    status: 422,
    says: "The saved version uses a sequence that is hidden from you. Your change would remove it.",
    fix: "Leave that field out of your request, or ask an admin to make the change.",
  },
  workflow_run_over: { status: 422, says: "This run is already finished." },
  workflow_candidate_on_its_way: { status: 422, says: "This record is already being processed in that run." },
  workflow_hook_busy: {
    status: 429,
    asMessage: true,
    says: "This workflow accepts at most {most} calls a minute. Try again in a minute.",
  },
  copilot_of_another: {
    status: 403,
    forbids: true,
    says: "Only the user who created a copilot, or an admin, can change it or decide on its proposals.",
  },
  no_language_model: {
    status: 422,
    says: "No language model is connected, or it is not turned on for this.",
    fix: "Connect one in Settings, or with PUT /language_model.",
  },
  language_model_url_refused: {
    status: 422,
    says: "{url} may not be called: {why}.",
    fix: "Name a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  suggestion_not_ready: {
    status: 422,
    says: "This suggestion is not ready yet, so there is nothing to accept or reject.",
  },
  opener_unfit: { status: 422, says: "This text cannot be used as an opener. {why}" },
  copilot_takes_everybody: {
    status: 422,
    says: "The copilot needs filters, or contacts as examples.",
  },
  copilot_names_missing: { status: 422, says: "There is no {id}." },
  copilot_proposed_today: {
    status: 422,
    says: "This copilot has already made its proposals for today. The next ones come tomorrow.",
  },
  copilot_decided: { status: 422, says: "This proposal has already been approved or rejected." },
  copilot_no_room: {
    status: 422,
    says: "The mailboxes can send {room} more emails within a day, but {count} contacts were approved.",
    fix: "Approve fewer, add a mailbox, or wait.",
  },
  score_signal_wrong: { status: 422, says: "Signal {position} {why}." },
  forecast_too_large: {
    status: 422,
    says: "A forecast covers at most {most} active contacts, and there are more.",
  },
  forecasts_busy: { status: 503, says: "Other forecasts are running. Try again in a minute." },
  forecast_sequence_not_found: { status: 422, says: "There is no sequence {id}." },
  forecast_mailbox_not_found: {
    status: 422,
    says: "There is no mailbox {id} to set other limits for.",
  },
  trial_run_running: {
    status: 409,
    says: "A trial run of this team is running already.",
    fix: "Wait until it has ended, or cancel its job.",
  },
  trial_run_contact_not_found: { status: 422, says: "There is no contact {id}." },
  trial_run_too_many: { status: 422, says: "A trial run adds at most {most} contacts." },
  trial_run_in_sandbox: {
    status: 422,
    says: "This installation is a sandbox already.",
    fix: "Activate the sequence and move the time of the sandbox on.",
  },
  forecast_step_not_found: { status: 422, says: "No active sequence has a step {id}." },
} as const satisfies Record<string, RefusalEntry>;
