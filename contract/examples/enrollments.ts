import type { Example } from "../endpoint.ts";
import { enrollment, ines } from "./contacts.ts";
import { counts, step } from "./sequences.ts";

const sequence = enrollment.emailer_campaign_id;
const stranger = "64f0aa0000000000000000c2";
const change = { id: "64f0aa00000000000000000d", undo_until: "2026-02-04T10:00:30.000Z" };

const job = {
  id: "64f0aa00000000000000000b",
  user_id: "64f0aa000000000000000002",
  job_type: "sequence_remove_stop_contacts",
  entity_ids: [ines.id],
  params: { sequence_ids: [sequence], mode: "remove", stop_reason: null },
  progress: 0,
  batch_size: 1000,
};

const ended = {
  ...enrollment,
  status: "finished",
  inactive_reason: "manually finished",
  finished_at: "2026-02-04T10:00:00.000+00:00",
  current_step_id: null,
  current_step_position: null,
};

const paused = {
  ...enrollment,
  status: "paused",
  inactive_reason: "manually paused",
  paused_at: "2026-02-04T10:00:00.000+00:00",
  auto_unpause_at: "2026-02-16T08:00:00.000+00:00",
  manually_set_unpause: true,
};

function managed(status: Record<string, unknown>, skipped: Record<string, string> = {}) {
  return {
    contacts: [{ ...ines, contact_campaign_statuses: [status] }],
    emailer_campaigns: [
      {
        id: sequence,
        name: "Nordic plants",
        active: true,
        archived: false,
        num_contacts: 7,
        contact_statuses: counts,
      },
    ],
    num_contacts: 7,
    contact_statuses: counts,
    emailer_steps: [step],
    skipped_contact_ids: skipped,
    change,
  };
}

const inSequence = { emailer_campaign_ids: [sequence], contact_ids: [ines.id] };

export const enrollments: Record<string, readonly Example[]> = {
  "enrollments.removeOrStop": [
    {
      title: "One deleted, one not found",
      isShownElsewhere: true,
      input: { ...inSequence, contact_ids: [ines.id, stranger], mode: "mark_as_finished" },
      answer: managed(ended, { [stranger]: "not_in_sequence" }),
    },
    {
      title: "In the background",
      input: { ...inSequence, mode: "remove", async: true },
      answer: { entity_progress_job: job, signals_hash: null, change: { ...change, undo_until: null } },
    },
  ],
  "enrollments.pause": [
    {
      title: "Pause all contacts of a mailbox on leave",
      isShownElsewhere: true,
      input: {
        id: sequence,
        statuses: ["active"],
        email_account_ids: [enrollment.send_email_from_email_account_id],
        auto_unpause_at: "2026-02-16T08:00:00Z",
      },
      answer: managed(paused),
    },
  ],
  "enrollments.manageEverywhere": [
    {
      title: "Pause a company",
      input: {
        action: "pause",
        account_ids: ["64f0aa0000000000000000d1"],
        auto_unpause_at: "2026-02-16T08:00:00Z",
      },
      answer: {
        emailer_campaigns: [
          { id: sequence, name: "Nordic plants", active: true, num_contacts: 3, num_changed: 2 },
        ],
        num_contacts: 2,
        num_not_permitted: 0,
        changed_contact_ids: [ines.id, "64f0aa0000000000000000b2"],
        skipped_contact_ids: { [stranger]: "already_paused" },
        change,
      },
    },
  ],
  "changes.undo": [
    {
      title: "Within 30 seconds",
      input: { id: change.id },
      answer: {
        change: { id: change.id, undone_at: "2026-02-04T10:00:12.000Z" },
        undone_contact_ids: [ines.id],
        skipped_contact_ids: { [stranger]: "changed_since" },
      },
    },
  ],
};
