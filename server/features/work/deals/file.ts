// All deals that a search finds, as a file: each page goes on behind the last. An import understands every column of the whole
// file (features/imports).

import type { Db } from "../../../db/connect.ts";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored } from "../../../kernel/moments.ts";
import { fieldValuesOf, listFields } from "../../contacts/custom-fields/store.ts";
import { askedColumns, fieldCell } from "../../contacts/searching/file-columns.ts";
import type { SortOrder, SortPlace } from "../../contacts/searching/orders-store.ts";
import { type NamedDeal, SHOWN_COLUMNS, sayWho } from "./shown-columns.ts";
import { type DealFilter, type DealInFile, dealsAfter } from "./store.ts";

const LINES_AT_ONCE = 500;
const BY_ID: SortOrder = { by: "d.id", type: "text" };

const COLUMNS = [
  ...["Id", "Name", "Company", "Company domain", "Owner", "Stage", "Amount", "Currency", "Close date"],
  ...["Closed on", "Contacts", "Contact roles", "Main contact", "Next step", "Next step date", "Probability"],
  ...["Lost reason", "Won reason", "Description", "CRM id", "Salesforce id", "Added"],
];

type Wish = {
  /** The columns of the table that are wanted; a file without a wish has everything that an import understands. */
  columns: readonly string[] | undefined;
  order: SortOrder;
  isAscending: boolean;
};

/** With the table's columns in the table's order; else in the order of the ids. */
export async function dealsFile(
  db: Db,
  teamId: string,
  filter: DealFilter,
  { columns, order, isAscending }: Wish,
): Promise<Csv> {
  const fields = await listFields(db, teamId, "opportunity");
  const valuesOf = ({ values }: NamedDeal) => values;
  const asked = askedColumns({ own: SHOWN_COLUMNS, fields, valuesOf }, columns);
  const place = { order: asked ? order : BY_ID, isAscending: !asked || isAscending, limit: LINES_AT_ONCE };
  let after: SortPlace | null = null;
  return {
    name: "deals",
    columns: asked?.map(({ header }) => header) ?? [...COLUMNS, ...fields.map(({ name }) => name)],
    async next(page) {
      const deals: DealInFile[] = await dealsAfter(page, teamId, filter, { ...place, after });
      const last = deals.at(-1);
      if (!last) return [];
      after = { value: last.sortValue, id: last.id };
      const ids = deals.map(({ id }) => id);
      const values = await fieldValuesOf(page, teamId, "opportunity", ids);
      return deals.map((row): CsvCell[] => {
        const deal = { row, values: values.get(row.id) ?? {} };
        if (asked) return asked.map(({ cell }) => cell(deal));
        return [...lineOf(row), ...fields.map((field) => fieldCell(deal.values[field.id], field))];
      });
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
