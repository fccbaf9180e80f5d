// What works while nobody looks: workflows, copilots, forecasts, the language model.

import type { RefusalEntry } from "./entry.ts";

export const automation = {
  automation_key_ended: {
    status: 422,
    says: "The API key or application that it was saved with has ended.",
    fix: "Save it again, or switch it on again, with rights of your own.",
  },
  workflow_archived: {
    status: 422,
    says: "The workflow is archived, and runs in no way.",
    fix: "Take it out of the archive with `archived: false`, and switch it on.",
  },
  workflow_of_another: {
    status: 403,
    forbids: true,
    says: "Only whoever made a workflow, or an admin, can change or run it.",
  },
  workflow_given_by_admin: {
    status: 403,
    forbids: true,
    says: "Only an admin gives a workflow to somebody, because it acts with their rights from then on.",
  },
  workflow_matches_everybody: {
    status: 422,
    says: "No filter is set, so this would take everybody there is.",
    fix: "Set a filter; or send everybody: true, if that is what you mean.",
  },
  workflow_names_missing: { status: 422, says: "There is no {kind} {id}." },
  hidden_sequence_named: {
    status: 422,
    says: "What stands there now names a sequence that is hidden from you, and would be lost.",
    fix: "Leave that part out of the change, or have an admin change it.",
  },
  workflow_run_over: { status: 422, says: "That run is over." },
  workflow_candidate_on_its_way: { status: 422, says: "They are on their way in that run already." },
  workflow_hook_busy: {
    status: 429,
    asMessage: true,
    says: "This workflow is sent more than it may be: {most} a minute. Try again in a minute.",
  },
  copilot_of_another: {
    status: 403,
    forbids: true,
    says: "Only whoever made a copilot, or an admin, can change it and decide for it.",
  },
  no_language_model: {
    status: 422,
    says: "No language model is connected, or it is not switched on for this.",
    fix: "Connect one in the settings, or by PUT /language_model.",
  },
  language_model_url_refused: {
    status: 422,
    says: "{url} may not be called: {why}.",
    fix: "Name a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  suggestion_not_ready: { status: 422, says: "There is nothing to decide on." },
  opener_unfit: { status: 422, says: "That cannot be used as an opener. {why}" },
  copilot_takes_everybody: {
    status: 422,
    says: "Say whom to look for: filters, or contacts as examples.",
  },
  copilot_names_missing: { status: 422, says: "There is no {id}." },
  copilot_proposed_today: { status: 422, says: "It has proposed today. It proposes again tomorrow." },
  copilot_decided: { status: 422, says: "That has been decided already." },
  copilot_no_room: {
    status: 422,
    says: "The mailboxes have room for {room} more mails within a day, and {count} were approved.",
    fix: "Approve fewer, add a mailbox, or wait.",
  },
  score_signal_wrong: { status: 422, says: "Signal {position} {why}." },
  forecast_too_large: {
    status: 422,
    says: "More than {most} people are on their way, which is more than a forecast is made of.",
  },
  forecasts_busy: { status: 503, says: "Other forecasts are being made. Please try again in a minute." },
  forecast_sequence_not_found: { status: 422, says: "There is no sequence {id}." },
  forecast_mailbox_not_found: {
    status: 422,
    says: "There is no mailbox {id} whose limits could be other ones.",
  },
  forecast_step_not_found: { status: 422, says: "There is no step {id} in any sequence that runs." },
} as const satisfies Record<string, RefusalEntry>;
