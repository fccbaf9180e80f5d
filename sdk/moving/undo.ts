// Takes a migration back: what it has created is deleted, in the opposite order, and what was there before stays. Stages, fields, lists
// and schedules stay too: something else may use them by now.

import type { Client } from "../client.ts";
import { refusalIn, type Show } from "./copying.ts";
import { type Copied, KINDS, type Kind, type Ledger } from "./ledger.ts";

const AT_ONCE = 1_000;

type Delete = (api: Client, to: string) => Promise<unknown>;

const DELETES: Partial<Record<Kind, Delete>> = {
  notes: (api, id) => api.notes.delete({ id }),
  calls: (api, id) => api.phoneCalls.delete({ id }),
  tasks: (api, id) => api.tasks.skip({ id }),
  deals: (api, id) => api.opportunities.delete({ id }),
  sequences: (api, id) => api.sequences.archive({ id }),
  accounts: (api, id) => api.accounts.delete({ id }),
};

export type Undone = { kind: Kind; undone: number; left: { id: string; why: string }[] };

export async function undo(api: Client, ledger: Pick<Ledger, "all">, show: Show) {
  const undone: Undone[] = [];
  for (const kind of KINDS.toReversed()) {
    const made = ledger.all(kind).filter((one) => one.made);
    if (made.length === 0) continue;
    if (kind === "contacts") undone.push(await deleteContacts(api, made, show));
    else if (kind === "enrollments")
      undone.push({ kind, undone: made.length, left: [] }); // they go with their contacts
    else undone.push(await deleteEach(api, kind, made, show));
  }
  return undone;
}

async function deleteEach(api: Client, kind: Kind, made: readonly Copied[], show: Show): Promise<Undone> {
  const result: Undone = { kind, undone: 0, left: [] };
  const remove = DELETES[kind];
  for (const [done, { to }] of made.entries()) {
    show(done, made.length, kind);
    if (!remove) {
      result.left.push({ id: to, why: "It stays: something else may use it." });
      continue;
    }
    try {
      await remove(api, to);
      result.undone++;
    } catch (error) {
      result.left.push({ id: to, why: await refusalIn(error) });
    }
  }
  return result;
}

async function deleteContacts(api: Client, made: readonly Copied[], show: Show): Promise<Undone> {
  const result: Undone = { kind: "contacts", undone: 0, left: [] };
  for (let from = 0; from < made.length; from += AT_ONCE) {
    show(from, made.length, "contacts");
    const ids = made.slice(from, from + AT_ONCE).map(({ to }) => to);
    const { deleted_contact_ids: deleted } = await api.contacts.bulkDelete({ contact_ids: ids });
    result.undone += deleted.length;
    const gone = new Set(deleted);
    for (const id of ids) if (!gone.has(id)) result.left.push({ id, why: "It is not there any more." });
  }
  return result;
}
