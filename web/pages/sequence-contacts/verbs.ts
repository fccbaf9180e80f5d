// What can be done with people in a sequence: how each is called, what it says before and after, and the call.

import { api } from "../../session.ts";
import type { Managed, Narrowed } from "./queries.ts";

export type Whom = { contact_ids: string[] } | Narrowed | { all: true };

/** What only a person can say: until when, from which mailbox. */
export type Said = { until: string | null; mailboxId: string | null };

type Options = { dryRun?: boolean };

export type Verb = {
  name: string;
  /** "12 contacts paused." */
  done: string;
  /** What whoever presses should know. */
  says?: string;
  /** Asked even where it is about a single contact. */
  alwaysAsks?: true;
  asks?: "until" | "mailbox";
  call: (sequenceId: string, whom: Whom, said: Said, options: Options) => Promise<Managed>;
};

export const VERBS = {
  pause: {
    name: "Pause",
    done: "paused",
    says: "What was planned for them is put off. They go on where they stopped.",
    alwaysAsks: true,
    asks: "until",
    call: (id, whom, { until }, options) =>
      api.enrollments.pause({ id, ...whom, auto_unpause_at: until && instantOf(until) }, options),
  },
  resume: {
    name: "Resume",
    done: "resumed",
    says: "They go on where they stopped, with what was left of their wait.",
    call: (id, whom, _, options) => api.enrollments.resume({ id, ...whom }, options),
  },
  finish: {
    name: "Finish",
    done: "finished",
    says: "Nothing more is sent to them from this sequence. What was sent stays in their history.",
    call: (id, whom, _, options) => api.enrollments.finish({ id, ...whom }, options),
  },
  move: {
    name: "Move to another mailbox",
    done: "moved",
    says: "Their next mail begins a new thread.",
    alwaysAsks: true,
    asks: "mailbox",
    call: (id, whom, { mailboxId }, options) =>
      api.enrollments.move({ id, ...whom, send_email_from_email_account_id: mailboxId ?? "" }, options),
  },
  retry: {
    name: "Try again",
    done: "tried again",
    says: "The step that failed is tried once more, where its cause is gone.",
    call: (id, whom, _, options) => api.enrollments.retry({ id, ...whom }, options),
  },
  restart: {
    name: "Start over",
    done: "started over",
    says: "They begin again at the first step, and are mailed again what they have had.",
    alwaysAsks: true,
    call: (id, whom, _, options) => api.enrollments.restart({ id, ...whom }, options),
  },
  remove: {
    name: "Remove",
    done: "removed",
    says: "They leave the sequence, and can be added again. What was sent stays in their history.",
    call: (id, whom, _, options) => api.enrollments.remove({ id, ...whom }, options),
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;

/** Fields print the viewer's clock without a zone. */
function instantOf(local: string) {
  return new Date(local.replace(" ", "T")).toISOString();
}

const LEFT: Record<string, string> = {
  not_in_sequence: "no longer in the sequence",
  contact_not_found: "no longer there",
  not_selected: "no longer match",
  already_active: "active already",
  already_paused: "paused already",
  already_finished: "finished already",
  already_failed: "failed before",
  already_moved: "there already",
  not_paused: "not paused",
  not_failed: "not failed",
  sequence_inactive: "wait for the sequence to be switched on",
  sequence_archived: "in an archived sequence",
  contact_unsubscribed: "have unsubscribed",
  contact_do_not_contact: "not to be contacted",
  contact_bounced: "bounced",
  contact_suppressed: "on the suppression list",
  user_deleted: "belong to somebody who has left",
  step_removed: "at a step that is gone",
  cause_not_gone: "would fail again for the same reason",
  mailbox_not_usable: "with a mailbox that cannot send",
  contact_of_another: "belong to somebody else",
};

export type Told = { going: number; left: { says: string; count: number }[]; isLong: boolean };

/** What an answer, tried or real, says of everybody it was about. */
export function readManaged(answer: Managed): Told {
  if (!("contacts" in answer))
    return { going: answer.entity_progress_job.entity_ids.length, left: [], isLong: true };
  const codes = Object.values(answer.skipped_contact_ids);
  const counts = [...Map.groupBy(codes, (code) => code)];
  return {
    going: answer.contacts.length - codes.length,
    left: counts
      .map(([code, all]) => ({ says: LEFT[code] ?? code.replaceAll("_", " "), count: all.length }))
      .sort((one, other) => other.count - one.count),
    isLong: false,
  };
}
