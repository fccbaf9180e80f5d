// The columns of the table of companies, for a file of what it shows.

import type { ColumnId } from "@cadenza/contract";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { AccountRow } from "../accounts/store.ts";
import type { FileColumn } from "../searching/file-columns.ts";

export type NamedAccount = {
  row: AccountRow;
  nameOf: (id: string | null) => string | null;
  values: Readonly<Record<string, unknown>>;
};
type Own = Exclude<ColumnId<"companies">, `field:${string}`>;

export const SHOWN_COLUMNS: Record<Own, FileColumn<NamedAccount>> = {
  name: { header: "Name", cell: ({ row }) => row.name ?? row.domain },
  domain: { header: "Domain", cell: ({ row }) => row.domain },
  contacts: { header: "Contacts", cell: ({ row }) => row.numContacts },
  stage: { header: "Stage", cell: ({ row, nameOf }) => nameOf(row.accountStageId) },
  owner: { header: "Owner", cell: ({ row, nameOf }) => nameOf(row.ownerId) },
  industry: { header: "Industry", cell: ({ row }) => row.industry },
  people: { header: "Employees", cell: ({ row }) => row.estimatedNumEmployees },
  city: { header: "City", cell: ({ row }) => row.city },
  country: { header: "Country", cell: ({ row }) => row.country },
  phone: { header: "Phone", cell: ({ row }) => row.phone },
  active: { header: "Last activity", cell: ({ row }) => storedOrNull(row.lastActivityAt) },
  added: { header: "Added", cell: ({ row }) => stored(row.createdAt) },
};
