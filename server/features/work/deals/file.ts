// All deals that a search finds, as a file: in the order of their ids, so that each page goes on behind the last. An import
// understands every column (features/imports).

import type { Db } from "../../../db/connect.ts";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored } from "../../../kernel/moments.ts";
import { fieldValuesOf, listFields } from "../../contacts/custom-fields/store.ts";
import { type DealFilter, type DealInFile, dealsAfter } from "./store.ts";

const LINES_AT_ONCE = 500;

const COLUMNS = [
  ...["Id", "Name", "Company", "Company domain", "Owner", "Stage", "Amount", "Currency", "Close date"],
  ...["Closed on", "Contacts", "Contact roles", "Main contact", "Next step", "Next step date", "Probability"],
  ...["Lost reason", "Won reason", "Description", "CRM id", "Salesforce id", "Added"],
];

export async function dealsFile(db: Db, teamId: string, filter: DealFilter): Promise<Csv> {
  const fields = await listFields(db, teamId, "opportunity");
  let after = "";
  return {
    name: "deals",
    columns: [...COLUMNS, ...fields.map(({ name }) => name)],
    async next(page) {
      const deals = await dealsAfter(page, teamId, filter, after, LINES_AT_ONCE);
      const ids = deals.map(({ id }) => id);
      after = ids.at(-1) ?? after;
      if (ids.length === 0) return [];
      const values = await fieldValuesOf(page, teamId, "opportunity", ids);
      return deals.map((deal): CsvCell[] => [
        ...lineOf(deal),
        ...fields.map(({ id, options }) => cellOf(values.get(deal.id)?.[id], options)),
      ]);
    },
  };
}

/** The probability and the forecast of the stage are the stage's: only what was set by hand is in the file. */
function lineOf(deal: DealInFile): CsvCell[] {
  const day = (date: Temporal.PlainDate | null) => date?.toString() ?? null;
  const named = deal.roles
    .filter((one) => sayWho(one) !== null)
    .toSorted((a, b) => ((sayWho(a) ?? "") < (sayWho(b) ?? "") ? -1 : 1));
  const main = named.find(({ isPrimary }) => isPrimary);
  const hasRoles = named.some(({ roles }) => roles.length > 0);
  return [
    ...[deal.id, deal.name, deal.accountName, deal.accountDomain, deal.ownerName, deal.stageName],
    ...[deal.amount, deal.currency, day(deal.closesOn), day(deal.actuallyClosedOn)],
    inOneCell(named.map((one) => sayWho(one) ?? "")) || null,
    hasRoles ? inOneCell(named.map(({ roles }) => inOneCell(roles))) : null,
    main ? sayWho(main) : null,
    ...[deal.nextStep, day(deal.nextStepOn), deal.probability],
    ...[deal.closedLostReason, deal.closedWonReason, deal.description],
    ...[deal.crmId, deal.salesforceId, stored(deal.createdAt)],
  ];
}

function sayWho({ email, name }: DealInFile["roles"][number]) {
  return email ?? name;
}

/** Choices by their names: an id means nothing in a spreadsheet. */
function cellOf(value: unknown, options: readonly { id: string; name: string }[]): CsvCell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return inOneCell(value.map((one) => String(cellOf(one, options) ?? "")));
  if (typeof value === "number" || typeof value === "boolean") return value;
  return options.find(({ id }) => id === String(value))?.name ?? String(value);
}
