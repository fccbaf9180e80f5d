import { storedOrNull } from "../../moments.ts";
import type { ChangeRow } from "../changes/store.ts";
import { presentContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/reading-store.ts";
import type { Counts } from "../enrollment-counts/store.ts";
import { presentCounts, UNCOUNTED } from "../enrollments/present.ts";
import { presentProgress } from "../progress/present.ts";
import type { ProgressRow } from "../progress/store.ts";
import type { SequenceRow } from "../sequences/store.ts";
import { presentStep, presentUncountedStep } from "../steps/present.ts";

type Shown = {
  contacts: readonly ContactRow[];
  /** Null: they are too many to count. */
  counted: readonly { sequence: SequenceRow; counts: Counts | null }[];
  total: Counts | null;
  steps: readonly (CountedStep | Pick<CountedStep, "step">)[];
  skipped: ReadonlyMap<string, string>;
  change: Pick<ChangeRow, "id" | "undoUntil"> | null;
};
type CountedStep = Parameters<typeof presentStep>[0];

export function presentManaged({ contacts, counted, total, steps, skipped, change }: Shown) {
  return {
    contacts: contacts.map((contact) => presentContact(contact)),
    emailer_campaigns: counted.map(({ sequence, counts }) => ({
      id: sequence.id,
      name: sequence.name,
      active: sequence.isActive,
      archived: sequence.archivedAt !== null,
      ...presentCrowd(counts),
    })),
    ...presentCrowd(total),
    emailer_steps: steps.map((one) => ("counts" in one ? presentStep(one) : presentUncountedStep(one.step))),
    skipped_contact_ids: Object.fromEntries(skipped),
    change: change && presentChange(change),
  };
}

function presentCrowd(counts: Counts | null) {
  return counts
    ? { num_contacts: counts.total, contact_statuses: presentCounts(counts) }
    : { num_contacts: "loading" as const, contact_statuses: UNCOUNTED };
}

export function presentStarted(progress: ProgressRow, change: Pick<ChangeRow, "id" | "undoUntil">) {
  return { ...presentProgress(progress), change: presentChange(change) };
}

function presentChange({ id, undoUntil }: Pick<ChangeRow, "id" | "undoUntil">) {
  return { id, undo_until: storedOrNull(undoUntil) };
}
