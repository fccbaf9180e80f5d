// The columns of the table of deals, for a file of what it shows.

import type { ColumnId } from "@cadenza/contract";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import { forecastedRevenue } from "../../../domain/work/deal.ts";
import { stored } from "../../../kernel/moments.ts";
import type { FileColumn } from "../../contacts/searching/file-columns.ts";
import type { DealInFile } from "./store.ts";

export type NamedDeal = { row: DealInFile; values: Readonly<Record<string, unknown>> };
type Own = Exclude<ColumnId<"deals">, `field:${string}`>;

/** The currency has a column of its own: a spreadsheet can add up amounts only if they are numbers. */
export const SHOWN_COLUMNS: Record<Own | "currency", FileColumn<NamedDeal>> = {
  name: { header: "Deal", cell: ({ row }) => row.name },
  stage: { header: "Stage", cell: ({ row }) => row.stageName },
  amount: { header: "Amount", cell: ({ row }) => amountOf(row) },
  currency: { header: "Currency", cell: ({ row }) => row.currency },
  closes: { header: "Close date", cell: ({ row }) => closeDayOf(row)?.toString() ?? null },
  owner: { header: "Owner", cell: ({ row }) => row.ownerName },
  company: { header: "Company", cell: ({ row }) => row.accountName },
  contacts: {
    header: "Contacts",
    cell: ({ row }) => inOneCell(row.roles.flatMap((one) => one.name ?? sayWho(one) ?? [])),
  },
  next: { header: "Next step", cell: ({ row }) => row.nextStep },
  next_on: { header: "Next step due", cell: ({ row }) => row.nextStepOn?.toString() ?? null },
  probability: { header: "Probability", cell: ({ row }) => probabilityOf(row) },
  weighted: {
    header: "Weighted amount",
    cell: ({ row }) => forecastedRevenue(amountOf(row), probabilityOf(row)),
  },
  staged: { header: "In stage since", cell: ({ row }) => stored(row.stageUpdatedAt ?? row.createdAt) },
  created: { header: "Created", cell: ({ row }) => stored(row.createdAt) },
};

function amountOf({ amount }: DealInFile) {
  return amount === null ? null : Number(amount);
}

function closeDayOf({ isClosed, actuallyClosedOn, closesOn }: DealInFile) {
  return (isClosed ? actuallyClosedOn : null) ?? closesOn;
}

function probabilityOf({ probability, stageProbability }: DealInFile) {
  return probability ?? stageProbability;
}

export function sayWho({ email, name }: DealInFile["roles"][number]) {
  return email ?? name;
}
