// All that is kept about one person, read from every table that names them.

import type { Act } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { sortIds } from "../../contacts/contact-rows/store.ts";
import { statementOf } from "./section.ts";
import { SECTIONS } from "./sections.ts";

export type PersonalData = {
  contactId: string;
  name: string | null;
  madeAt: Temporal.Instant;
  sections: { name: string; title: string; about: string; records: Record<string, unknown>[] }[];
};

const STATEMENTS = SECTIONS.map(statementOf);

/** Sections without a record are there too: that nothing is kept is an answer. */
export async function personalDataOf({ db, caller, now }: Act, contactId: string): Promise<PersonalData> {
  const { existing, deleted } = await sortIds(db, caller.teamId, [contactId]);
  if (existing.length === 0) throw new Refusal(deleted.length > 0 ? "contact_deleted" : "contact_unknown");
  const rows = await Promise.all(
    STATEMENTS.map((statement) =>
      db.rows<{ record: Record<string, unknown> }>(statement, [caller.teamId, contactId]),
    ),
  );
  const sections = SECTIONS.map(({ name, title, about, shows }, n) => ({
    name,
    title,
    about,
    records: (rows[n] ?? []).map(({ record }) => inOrderOf(Object.keys(shows), record)),
  }));
  const name = sections[0]?.records[0]?.name;
  return { contactId, name: typeof name === "string" ? name : null, madeAt: now, sections };
}

/** The database orders the parts of an object by their length. */
function inOrderOf(names: readonly string[], record: Record<string, unknown>) {
  return Object.fromEntries(names.flatMap((name) => (name in record ? [[name, record[name]]] : [])));
}
