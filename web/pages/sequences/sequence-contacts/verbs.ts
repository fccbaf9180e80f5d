// What can be done with people in a sequence: how each is called, what it says before and after, and the call.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { api } from "../../../session.ts";
import type { Managed, Narrowed } from "./queries.ts";

export type EnrollmentTargets = { contact_ids: string[] } | Narrowed | { all: true };

/** What only a person can say: until when, from which mailbox. */
export type EnrollmentActionInput = { until: string | null; mailboxId: string | null };

export const NOTHING_SAID: EnrollmentActionInput = { until: null, mailboxId: null };

type Options = { dryRun?: boolean };

export type Verb = {
  name: string;
  /** "12 contacts paused." */
  done: string;
  /** What the user should know before pressing. */
  says?: string;
  /** Asked even where it is about a single contact. */
  alwaysAsks?: true;
  asks?: "until" | "mailbox";
  call: (
    sequenceId: string,
    whom: EnrollmentTargets,
    said: EnrollmentActionInput,
    options: Options,
  ) => Promise<Managed>;
};

export const VERBS = perLanguage(
  () =>
    ({
      pause: {
        name: t("Pause"),
        done: t("paused"),
        says: t("Planned steps wait. Contacts continue where they stopped."),
        alwaysAsks: true,
        asks: "until",
        call: (id, whom, { until }, options) =>
          api.enrollments.pause({ id, ...whom, auto_unpause_at: until && instantOf(until) }, options),
      },
      resume: {
        name: t("Resume"),
        done: t("resumed"),
        says: t("Contacts continue where they stopped, with the rest of their waiting time."),
        call: (id, whom, _, options) => api.enrollments.resume({ id, ...whom }, options),
      },
      finish: {
        name: t("Finish"),
        done: t("finished"),
        says: t("They get nothing more from this sequence. Sent emails stay in their history."),
        call: (id, whom, _, options) => api.enrollments.finish({ id, ...whom }, options),
      },
      move: {
        name: t("Move to another mailbox"),
        done: t("moved"),
        says: t("Their next email starts a new thread."),
        alwaysAsks: true,
        asks: "mailbox",
        call: (id, whom, { mailboxId }, options) =>
          api.enrollments.move({ id, ...whom, send_email_from_email_account_id: mailboxId ?? "" }, options),
      },
      retry: {
        name: t("Retry"),
        done: t("retried"),
        says: t("The failed step is tried again if its cause is gone."),
        call: (id, whom, _, options) => api.enrollments.retry({ id, ...whom }, options),
      },
      restart: {
        name: t("Restart"),
        done: t("restarted"),
        says: t("They start again at the first step and get the same emails again."),
        alwaysAsks: true,
        call: (id, whom, _, options) => api.enrollments.restart({ id, ...whom }, options),
      },
      remove: {
        name: t("Remove"),
        done: t("removed"),
        says: t("They leave the sequence and can be added again. Sent emails stay in their history."),
        call: (id, whom, _, options) => api.enrollments.remove({ id, ...whom }, options),
      },
    }) as const satisfies Record<string, Verb>,
);

export type VerbName = keyof typeof VERBS;

/** Fields print the viewer's clock without a zone. */
function instantOf(local: string) {
  return new Date(local.replace(" ", "T")).toISOString();
}

const LEFT: Record<string, string> = perLanguage(() => ({
  not_in_sequence: t("no longer in the sequence"),
  contact_not_found: t("deleted"),
  not_selected: t("no longer match"),
  already_active: t("already active"),
  already_paused: t("already paused"),
  already_finished: t("already finished"),
  already_failed: t("already failed"),
  already_moved: t("already in that mailbox"),
  not_paused: t("not paused"),
  not_failed: t("not failed"),
  sequence_inactive: t("waiting for the sequence to be activated"),
  sequence_archived: t("in an archived sequence"),
  contact_unsubscribed: t("unsubscribed"),
  contact_do_not_contact: t("marked as do not contact"),
  contact_bounced: t("bounced"),
  contact_suppressed: t("on the Do not email list"),
  user_deleted: t("owned by a user who has left"),
  step_removed: t("at a deleted step"),
  cause_not_gone: t("would fail again for the same reason"),
  mailbox_not_usable: t("with a mailbox that cannot send"),
  contact_of_another: t("owned by a teammate"),
}));

export type ActionResult = { going: number; left: { says: string; count: number }[]; isLong: boolean };

/** What an answer, tried or real, says of everybody it was about. */
export function readManaged(answer: Managed): ActionResult {
  if (!("contacts" in answer))
    return { going: answer.entity_progress_job.entity_ids.length, left: [], isLong: true };
  const codes = Object.values(answer.skipped_contact_ids);
  return { going: answer.contacts.length - codes.length, left: leftWords(codes), isLong: false };
}

/** Why contacts were skipped, in words, the commonest reason first. */
export function leftWords(codes: readonly string[]) {
  return [...Map.groupBy(codes, (code) => code)]
    .map(([code, all]) => ({ says: LEFT[code] ?? code.replaceAll("_", " "), count: all.length }))
    .sort((one, other) => other.count - one.count);
}
