// All that a search finds, as a file: pages that go on where the last one stopped, with names in place of ids.

import type { Db } from "../../../db/connect.ts";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ContactFilter } from "../contact-filters/store.ts";
import { presentFoundContact } from "../contacts/present.ts";
import { type ContactRow, readContacts } from "../contacts/reading-store.ts";
import { type FieldRow, listFields } from "../custom-fields/store.ts";
import { askedColumns, fieldCell } from "../searching/file-columns.ts";
import { searchContacts } from "./search.ts";
import { listsOf, type NamedContact, SHOWN_COLUMNS } from "./shown-columns.ts";
import { type ContactPaging, namesOf } from "./store.ts";

const LINES_AT_ONCE = 500;

/** Each is understood by an import, but those that say what follows from others: docs/guides/imports.md. */
const COLUMNS = [
  ...["Id", "First name", "Last name", "Title", "Company", "Email", "Email status"],
  ...[
    "Direct phone",
    "Company phone",
    "Mobile phone",
    "Home phone",
    "Other phone",
    "Stage",
    "Owner",
    "Lists",
  ],
  ...["City", "State", "Country", "LinkedIn", "Score", "Do not contact", "Unsubscribed"],
  ...["Added", "Last activity", "Further emails", "Further email statuses", "Address", "Time zone"],
  ...["Headline", "Twitter", "Facebook", "GitHub", "Photo"],
  ...["Salesforce lead id", "Salesforce contact id", "HubSpot id"],
];

const PHONES = ["work_direct", "work_hq", "mobile", "home", "other"] as const;

type Wish = {
  from: ContactPaging;
  /** The columns of the table that are wanted; a file without a wish has everything that an import understands. */
  columns: readonly string[] | undefined;
};

export async function contactsFile(
  db: Db,
  teamId: string,
  filter: ContactFilter,
  { from, columns }: Wish,
): Promise<Csv> {
  const fields = await listFields(db, teamId, "contact");
  const known = { own: SHOWN_COLUMNS, fields, valuesOf: ({ row }: NamedContact) => row.fields };
  const asked = askedColumns(known, columns);
  let place: ContactPaging | null = { ...from, offset: from.after ? 0 : from.offset, limit: LINES_AT_ONCE };
  return {
    name: "contacts",
    columns: asked?.map(({ header }) => header) ?? [...COLUMNS, ...fields.map(({ name }) => name)],
    async next(page) {
      if (place === null) return [];
      const found = await searchContacts(page, teamId, filter, place);
      place = found.last && { ...place, after: found.last, offset: 0 };
      const contacts = await readContacts(page, teamId, found.ids, null);
      const nameOf = await namesFor(page, teamId, contacts);
      return contacts.map((row) =>
        asked ? asked.map(({ cell }) => cell({ row, nameOf })) : lineOf(row, nameOf, fields),
      );
    },
  };
}

async function namesFor(db: Db, teamId: string, contacts: readonly ContactRow[]) {
  const ids = contacts.flatMap(({ contactStageId, ownerId, labelIds }) => [
    contactStageId,
    ownerId,
    ...labelIds,
  ]);
  const known = await namesOf(db, teamId, [...new Set(ids.filter((id) => id !== null))], null);
  const byId = new Map(known.map(({ id, name }) => [id, name]));
  return (id: string | null) => (id === null ? null : (byId.get(id) ?? null));
}

function lineOf(
  row: ContactRow,
  nameOf: (id: string | null) => string | null,
  fields: readonly FieldRow[],
): CsvCell[] {
  return [
    ...[row.id, row.firstName, row.lastName, row.title, row.organizationName, row.email, row.emailStatus],
    ...PHONES.map((type) =>
      several(row.phones.filter((one) => one.type === type).map((one) => one.rawNumber)),
    ),
    ...[nameOf(row.contactStageId), nameOf(row.ownerId)],
    listsOf(row.labelIds.map(nameOf)),
    ...[row.city, row.state, row.country, row.linkedinUrl, presentFoundContact(row).prospect_score],
    ...[
      row.doNotContact,
      row.emailUnsubscribed ?? false,
      stored(row.createdAt),
      storedOrNull(row.lastActivityAt),
    ],
    several(row.emails.map(({ email }) => email)),
    several(row.emails.map(({ emailStatus }) => emailStatus ?? "")),
    ...[row.presentRawAddress, row.timeZone, row.headline, row.twitterUrl, row.facebookUrl, row.githubUrl],
    ...[row.photoUrl, row.salesforceLeadId, row.salesforceContactId, row.hubspotVid],
    ...fields.map((field) => fieldCell(row.fields[field.id], field)),
  ];
}

const several = (texts: readonly string[]) => (texts.length > 0 ? inOneCell(texts, "; ") : null);
