// Rows of a file that become new contacts.

import type { Act } from "../../../app.ts";
import { emptyContact } from "../../../domain/contacts/contact-facts.ts";
import { contactAfter } from "../../../domain/contacts/contacts.ts";
import { difference, flat } from "../../../domain/imports/import-undo.ts";
import type { ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import { makeContacts } from "../../saving/contact-writing/commands.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { leftOutOf, type PlacedRow } from "./contact-places.ts";
import { NO_EFFECT } from "./no-effect.ts";

/** New contacts, each with all that its rows say: the later row wins, field by field. */
export async function makeNewContacts(act: Act, rows: readonly PlacedRow[]): Promise<ImportRowOutcome[]> {
  const outcomes: ImportRowOutcome[] = rows
    .filter(({ place }) => place.id === null && place.first === null)
    .map(({ row }) => ({ ...NO_EFFECT, row, verdict: "skipped", code: "id_unknown" }));
  const groups = new Map<number, { rows: PlacedRow[]; adds: boolean[]; wish: ContactWrite }>();
  for (const row of rows) {
    if (row.place.id !== null || row.place.first === null) continue;
    const group = groups.get(row.place.first);
    if (!group) groups.set(row.place.first, { rows: [row], adds: [true], wish: row.wish });
    else {
      const together = withLater(group.wish, row.wish);
      group.rows.push(row);
      group.adds.push(differs(act, group.wish, together));
      group.wish = together;
    }
  }
  const all = [...groups.values()];
  const made = await makeContacts(
    act,
    all.map(({ wish }) => wish),
    "csv_import",
  );
  for (const [at, group] of all.entries()) {
    const { id, fieldErrors } = made[at] as (typeof made)[number];
    for (const [turn, { row, said }] of group.rows.entries()) {
      const verdict = turn === 0 ? "created" : group.adds[turn] ? "updated" : "unchanged";
      const again = turn === 0 ? {} : { sameAs: group.rows[0]?.row ?? null, code: "same_as_earlier_row" };
      const leftOut = leftOutOf(said, turn === group.rows.length - 1 ? fieldErrors : {});
      outcomes.push({ ...NO_EFFECT, row, verdict, recordId: id, leftOut, ...again });
    }
  }
  return outcomes;
}

function withLater(earlier: ContactWrite, later: ContactWrite): ContactWrite {
  const together: ContactWrite = { ...earlier, ...later };
  const lists = [...(earlier.labelNames ?? []), ...(later.labelNames ?? [])];
  if (lists.length > 0) together.labelNames = [...new Set(lists)];
  if (earlier.numbers || later.numbers) together.numbers = { ...earlier.numbers, ...later.numbers };
  const emails = [...(earlier.furtherEmails ?? []), ...(later.furtherEmails ?? [])];
  if (emails.length > 0) together.furtherEmails = emails;
  const further = [...(earlier.furtherNumbers ?? []), ...(later.furtherNumbers ?? [])];
  if (further.length > 0) together.furtherNumbers = further;
  if (earlier.fields || later.fields) together.fields = { ...earlier.fields, ...later.fields };
  if (later.name !== undefined && later.firstName === undefined && later.lastName === undefined) {
    delete together.firstName;
    delete together.lastName;
  }
  const isOtherAddress =
    later.email && earlier.email && later.email.toLowerCase() !== earlier.email.toLowerCase();
  if (!isOtherAddress && earlier.email) together.email = earlier.email; // as it was spelled first
  if (isOtherAddress)
    together.addresses = [later.email as string, ...(earlier.addresses ?? [earlier.email as string])];
  return together;
}

function differs({ now }: Act, one: ContactWrite, other: ContactWrite) {
  const nobody = emptyContact("csv_import", null);
  const facts = (wish: ContactWrite) => ({
    ...flat(contactAfter(nobody, wish, now)),
    fields: wish.fields,
    lists: wish.labelNames,
  });
  return difference(facts(one), facts(other)) !== null;
}
