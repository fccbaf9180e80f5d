// What is done with many contacts at once, and how it is taken back: what was is remembered before it is changed.

import { useMutation } from "@tanstack/react-query";
import type { Selection } from "../../../parts/records/useSelection.ts";
import { api } from "../../../session.ts";
import { type ContactSearch, type FoundContact, useRefreshContacts } from "./queries.ts";

export type BulkContact = { id: string; contact_stage_id: string | null; owner_id: string | null };

const AT_ONCE = 1000;

/** The chosen, or all that match, as they are now. */
export async function targetsOf(
  selection: Selection<FoundContact>,
  search: ContactSearch,
): Promise<readonly BulkContact[]> {
  if (selection.isAll) return (await api.contacts.matching(search)).contacts;
  return [...selection.chosen.values()];
}

/** A change to many contacts: the lists are refreshed after it. */
export function useBulk<Wish, Answer>(write: (wish: Wish) => Promise<Answer>) {
  const refresh = useRefreshContacts();
  return useMutation({ mutationFn: write, onSuccess: () => refresh() });
}

/** The dialog leaves the deleted contact's page first; only then the lists are asked anew. */
export function useDeleteContacts() {
  const refresh = useRefreshContacts();
  return useMutation({
    mutationFn: (ids: readonly string[]) => deleteContacts(ids),
    onSuccess: (gone) => void refresh(gone),
  });
}

export const idsOf = (targets: readonly { id: string }[]) => targets.map(({ id }) => id);

export async function moveToStage(ids: readonly string[], stageId: string) {
  for (const some of chunks(ids))
    await api.contacts.updateStages({ contact_ids: some, contact_stage_id: stageId });
}

export async function giveTo(ids: readonly string[], ownerId: string) {
  for (const some of chunks(ids)) await api.contacts.updateOwners({ contact_ids: some, owner_id: ownerId });
}

/** Each back to where it was; who was nowhere stays, for there is no going back to nothing. */
export async function putBack(
  targets: readonly BulkContact[],
  field: "contact_stage_id" | "owner_id",
  write: (ids: readonly string[], value: string) => Promise<void>,
) {
  const before = Map.groupBy(targets, (target) => target[field]);
  for (const [value, some] of before) if (value !== null) await write(idsOf(some), value);
}

/** Answers who was not on the list yet: taking it back must not take off those who were. */
export async function putOnList(ids: readonly string[], list: { id: string | null; name: string }) {
  const there = list.id
    ? (await api.contacts.matching({ contact_ids: [...ids], contact_label_ids: [list.id] })).contacts
    : [];
  const known = new Set(idsOf(there));
  await api.labels.addEntityIds({ entity_ids: [...ids], label_names: [list.name], modality: "contacts" });
  return ids.filter((id) => !known.has(id));
}

export async function takeOffList(ids: readonly string[], name: string) {
  await api.labels.removeEntityIds({ entity_ids: [...ids], label_names: [name], modality: "contacts" });
}

export async function deleteContacts(ids: readonly string[], options: { dryRun?: boolean } = {}) {
  const deleted: string[] = [];
  for (const some of chunks(ids))
    deleted.push(...(await api.contacts.bulkDelete({ contact_ids: some }, options)).deleted_contact_ids);
  return deleted;
}

function chunks<T>(all: readonly T[]) {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) =>
    all.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
}
