// The columns of the table of contacts, for a file of what it shows.

import type { ColumnId } from "@cadenza/contract";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentFoundContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/reading-store.ts";
import type { FileColumn } from "../searching/file-columns.ts";

export type NamedContact = { row: ContactRow; nameOf: (id: string | null) => string | null };
type Own = Exclude<ColumnId<"contacts">, `field:${string}`>;

export const SHOWN_COLUMNS: Record<Own, FileColumn<NamedContact>> = {
  name: { header: "Name", cell: ({ row }) => row.name },
  title: { header: "Title", cell: ({ row }) => row.title },
  company: { header: "Company", cell: ({ row }) => row.organizationName },
  email: { header: "Email", cell: ({ row }) => row.email },
  mail: { header: "Email status", cell: ({ row }) => row.emailStatus },
  stage: { header: "Stage", cell: ({ row, nameOf }) => nameOf(row.contactStageId) },
  owner: { header: "Owner", cell: ({ row, nameOf }) => nameOf(row.ownerId) },
  sequences: { header: "Active sequences", cell: ({ row }) => activeIn(row) },
  lists: { header: "Lists", cell: ({ row, nameOf }) => listsOf(row.labelIds.map(nameOf)) },
  phone: { header: "Phone", cell: ({ row }) => row.sanitizedPhone },
  city: { header: "City", cell: ({ row }) => row.city },
  country: { header: "Country", cell: ({ row }) => row.country },
  linkedin: { header: "LinkedIn", cell: ({ row }) => row.linkedinUrl },
  score: { header: "Score", cell: ({ row }) => presentFoundContact(row).prospect_score },
  opened: { header: "Last activity", cell: ({ row }) => storedOrNull(row.lastActivityAt) },
  updated: { header: "Updated", cell: ({ row }) => stored(row.updatedAt) },
  added: { header: "Added", cell: ({ row }) => stored(row.createdAt) },
};

function activeIn(row: ContactRow) {
  const { contact_campaign_statuses } = presentFoundContact(row);
  return contact_campaign_statuses.filter(({ status }) => status === "active").length;
}

export function listsOf(names: readonly (string | null)[]) {
  return inOneCell(names.filter((name) => name !== null).toSorted()) || null;
}
