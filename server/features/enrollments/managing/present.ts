import { storedOrNull } from "../../../kernel/moments.ts";
import { presentContact } from "../../contacts/contacts/present.ts";
import type { ContactRow } from "../../contacts/contacts/reading-store.ts";
import { presentProgress } from "../../events/progress/present.ts";
import type { ProgressRow } from "../../events/progress/store.ts";
import { presentEnrollmentCounts, UNCOUNTED } from "../../sequences/enrollment-counts/present.ts";
import type { EnrollmentCounts } from "../../sequences/enrollment-counts/store.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { presentStep, presentUncountedStep } from "../../sequences/steps/present.ts";
import type { ChangeRow } from "../changes/store.ts";

type Shown = {
  contacts: readonly ContactRow[];
  /** Null: they are too many to count. */
  counted: readonly { sequence: SequenceRow; counts: EnrollmentCounts | null }[];
  total: EnrollmentCounts | null;
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

function presentCrowd(counts: EnrollmentCounts | null) {
  return counts
    ? { num_contacts: counts.total, contact_statuses: presentEnrollmentCounts(counts) }
    : { num_contacts: "loading" as const, contact_statuses: UNCOUNTED };
}

export function presentStarted(progress: ProgressRow, change: Pick<ChangeRow, "id" | "undoUntil">) {
  return { ...presentProgress(progress), change: presentChange(change) };
}

function presentChange({ id, undoUntil }: Pick<ChangeRow, "id" | "undoUntil">) {
  return { id, undo_until: storedOrNull(undoUntil) };
}
