// Into a sequence and out of it, with everything that a caller can say of it.

import type { AllowFlag } from "../../../domain/enrollments/eligibility.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { addContacts, NAMED_AND_AT_ONCE } from "../../enrollments/enrolling/commands.ts";
import { manage } from "../../enrollments/managing/commands.ts";
import { usableMailboxes } from "../../mailboxes/mailboxes/usable.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import {
  type ActionOutcome,
  CannotBeDone,
  type DoingOf,
  type Outcomes,
  type RecordOfCandidate,
  StepHeldUp,
} from "./outcomes.ts";

const LOOK_AGAIN_MINUTES = 1;

export async function addToSequence(
  { act, action, rows }: DoingOf<"add_to_sequence">,
  { recordOf }: RecordOfCandidate,
): Promise<Outcomes> {
  const { terms } = action;
  const sequence = await findSequence(act.db, act.caller.teamId, terms.sequenceId);
  if (!sequence || sequence.archivedAt)
    throw new CannotBeDone("sequence_missing", { sequence_id: terms.sequenceId });
  if (!sequence.isActive) throw new StepHeldUp("sequence_inactive", LOOK_AGAIN_MINUTES);
  const mailboxIds = await usableAmong(act, terms.mailboxIds);
  if (mailboxIds.length === 0) throw new StepHeldUp("mailbox_missing", LOOK_AGAIN_MINUTES);
  const startsAt = terms.startsAt === null ? null : Temporal.Instant.from(terms.startsAt);
  const isOver = startsAt !== null && Temporal.Instant.compare(startsAt, act.now) <= 0;
  const { joined } = await addContacts(act, {
    ...terms,
    mailboxIds,
    waived: new Set(terms.waived as AllowFlag[]),
    startsAt: isOver ? null : startsAt,
    startsPaused: terms.startsPaused && !isOver,
    waitsForOthers: terms.waitsForOthers ?? false,
    isExplicit: false,
    contactIds: [...new Set(rows.map(recordOf))],
    ...NAMED_AND_AT_ONCE,
    warns: false,
  });
  if (!joined) throw new Error("a step that should run at once was postponed");
  const enrollments = new Map(
    joined.enrollments.map(({ contactId, id, mailboxId }) => [contactId, { id, mailboxId }]),
  );
  const skipped = new Map(joined.skipped.map(({ contactId, reasons }) => [contactId, reasons[0]]));
  return new Map(
    rows.map((row): [string, ActionOutcome] => {
      const added = enrollments.get(recordOf(row));
      if (added)
        return [
          row.id,
          {
            outcome: "done",
            code: null,
            data: {
              enrollment_id: added.id,
              email_account_id: added.mailboxId,
              request_id: joined.requestId,
            },
          },
        ];
      const reason = skipped.get(recordOf(row));
      const evidence = { evidence: reason?.evidence ?? {}, flag: reason?.flag ?? null };
      return [
        row.id,
        { outcome: "skipped", code: reason?.code ?? "contact_not_found", data: reason ? evidence : {} },
      ];
    }),
  );
}

/** One that is lost meanwhile is left out, as long as there is another. */
async function usableAmong(act: Parameters<typeof usableMailboxes>[0], ids: readonly string[]) {
  const usable: string[] = [];
  for (const id of ids) {
    const found = await usableMailboxes(act, [id], null).catch((error: unknown) => {
      if (error instanceof Refusal) return [];
      throw error;
    });
    usable.push(...found.map((mailbox) => mailbox.id));
  }
  return usable;
}

const PAIRS_AT_ONCE = 1_000;
const NOBODY_ELSE = {
  states: null,
  reasons: null,
  stepIds: null,
  mailboxIds: null,
  dueBefore: null,
  views: null,
  words: null,
  everybody: false,
};

export async function removeFromSequence(
  { act, action, rows }: DoingOf<"remove_from_sequence">,
  { recordOf }: RecordOfCandidate,
): Promise<Outcomes> {
  const { sequenceIds, how, reason } = action;
  const contactIds = [...new Set(rows.map(recordOf))];
  const atOnce = Math.max(1, Math.floor(PAIRS_AT_ONCE / sequenceIds.length));
  const skipped = new Map<string, string>();
  for (let start = 0; start < contactIds.length; start += atOnce) {
    const wish = how === "stop" ? ({ is: "stop", reason } as const) : ({ is: how } as const);
    const whom = { ...NOBODY_ELSE, contactIds: contactIds.slice(start, start + atOnce) };
    const { done } = await manage(act, {
      sequenceIds,
      whom,
      action: wish,
      isAsync: false,
      job: { type: "sequence_remove_stop_contacts", params: {} },
    });
    for (const [id, code] of done?.skipped ?? []) skipped.set(id, code);
  }
  return new Map(
    rows.map((row): [string, ActionOutcome] => {
      const code = skipped.get(recordOf(row)) ?? null;
      return [row.id, code === null ? { outcome: "done", code } : { outcome: "skipped", code }];
    }),
  );
}
