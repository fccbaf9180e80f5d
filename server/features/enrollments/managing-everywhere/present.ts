import { storedOrNull } from "../../../kernel/moments.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import type { ChangeRow } from "../changes/store.ts";

type Where = {
  sequences: readonly SequenceRow[];
  counts: ReadonlyMap<string, number>;
  numNotPermitted: number;
};

type Done = {
  changed: ReadonlyMap<string, number>;
  people: readonly string[];
  skipped: ReadonlyMap<string, string>;
  change: Pick<ChangeRow, "id" | "undoUntil"> | null;
};

export function presentEverywhere(where: Where, { changed, people, skipped, change }: Done) {
  return {
    ...presentWhere(where, changed, people.length),
    changed_contact_ids: [...people],
    skipped_contact_ids: Object.fromEntries(skipped),
    change: change && { id: change.id, undo_until: storedOrNull(change.undoUntil) },
  };
}

export function presentWhere(
  { sequences, counts, numNotPermitted }: Where,
  changed: ReadonlyMap<string, number> | null,
  people: number,
) {
  return {
    emailer_campaigns: sequences.map(({ id, name, isActive }) => ({
      id,
      name,
      active: isActive,
      num_contacts: counts.get(id) ?? 0,
      num_changed: changed && (changed.get(id) ?? 0),
    })),
    num_contacts: people,
    num_not_permitted: numNotPermitted,
  };
}
