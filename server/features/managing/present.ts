import { storedOrNull } from "../../moments.ts";
import type { ChangeRow } from "../changes/store.ts";
import { presentContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/store.ts";
import { presentCounts } from "../enrollments/present.ts";
import type { Counts } from "../enrollments/store.ts";
import { presentProgress } from "../progress/present.ts";
import type { ProgressRow } from "../progress/store.ts";
import type { SequenceRow } from "../sequences/store.ts";
import { presentStep } from "../steps/present.ts";

type Shown = {
  contacts: readonly ContactRow[];
  counted: readonly { sequence: SequenceRow; counts: Counts }[];
  total: Counts;
  steps: readonly Parameters<typeof presentStep>[0][];
  skipped: ReadonlyMap<string, string>;
  change: Pick<ChangeRow, "id" | "undoUntil"> | null;
};

export function presentManaged({ contacts, counted, total, steps, skipped, change }: Shown) {
  return {
    contacts: contacts.map((contact) => presentContact(contact)),
    emailer_campaigns: counted.map(({ sequence, counts }) => ({
      id: sequence.id,
      name: sequence.name,
      active: sequence.isActive,
      archived: sequence.archivedAt !== null,
      num_contacts: counts.total,
      contact_statuses: presentCounts(counts),
    })),
    num_contacts: total.total,
    contact_statuses: presentCounts(total),
    emailer_steps: steps.map(presentStep),
    skipped_contact_ids: Object.fromEntries(skipped),
    change: change && presentChange(change),
  };
}

export function presentStarted(progress: ProgressRow, change: Pick<ChangeRow, "id" | "undoUntil">) {
  return { ...presentProgress(progress), change: presentChange(change) };
}

function presentChange({ id, undoUntil }: Pick<ChangeRow, "id" | "undoUntil">) {
  return { id, undo_until: storedOrNull(undoUntil) };
}
