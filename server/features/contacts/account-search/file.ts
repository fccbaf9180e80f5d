// All companies that a search finds, as a file: each page goes on behind the last.

import type { Db } from "../../../db/connect.ts";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored } from "../../../kernel/moments.ts";
import { findAccounts } from "../accounts/store.ts";
import { namesOf } from "../contact-search/store.ts";
import { fieldValuesOf, listFields } from "../custom-fields/store.ts";
import { askedColumns, fieldCell } from "../searching/file-columns.ts";
import type { SortOrder, SortPlace } from "../searching/orders-store.ts";
import { findStages } from "../stages/store.ts";
import { type NamedAccount, SHOWN_COLUMNS } from "./shown-columns.ts";
import { type AccountFilter, accountPage, questionOf } from "./store.ts";

const LINES_AT_ONCE = 500;
const BY_ID: SortOrder = { by: "a.id", type: "text" };

const COLUMNS = [
  ...["Id", "Name", "Domain", "Website", "Phone", "Industry", "Employees", "Annual revenue", "Founded"],
  ...["Stage", "Owner", "Lists", "City", "State", "Country", "LinkedIn", "Added"],
  ...["Address", "Twitter", "Facebook", "HubSpot id", "Salesforce id"],
];

type Wish = {
  /** The columns of the table that are wanted; a file without a wish has everything that an import understands. */
  columns: readonly string[] | undefined;
  order: SortOrder;
  isAscending: boolean;
};

/** With the table's columns in the table's order; else in the order of the ids. */
export async function accountsFile(
  db: Db,
  teamId: string,
  filter: AccountFilter,
  { columns, order, isAscending }: Wish,
): Promise<Csv> {
  const fields = await listFields(db, teamId, "account");
  const asked = askedColumns(
    { own: SHOWN_COLUMNS, fields, valuesOf: ({ values }: NamedAccount) => values },
    columns,
  );
  const question = questionOf(teamId, filter);
  let after: SortPlace | null = null;
  let isOver = false;
  const nextIds = async (page: Db) => {
    if (isOver) return [];
    const place = { order: asked ? order : BY_ID, isAscending: !asked || isAscending, offset: 0 };
    const rows = await accountPage(page, question, { ...place, limit: LINES_AT_ONCE, after });
    isOver = rows.length <= LINES_AT_ONCE;
    const shown = rows.slice(0, LINES_AT_ONCE);
    after = shown.at(-1) ?? null;
    return shown.map(({ id }) => id);
  };
  return {
    name: "companies",
    columns: asked?.map(({ header }) => header) ?? [...COLUMNS, ...fields.map(({ name }) => name)],
    async next(page) {
      const ids = await nextIds(page);
      if (ids.length === 0) return [];
      const accounts = await named(page, teamId, ids);
      return accounts.map((account): CsvCell[] =>
        asked
          ? asked.map(({ cell }) => cell(account))
          : [...lineOf(account), ...fields.map((field) => fieldCell(account.values[field.id], field))],
      );
    },
  };
}

/** With names in place of ids, in the order of the ids that are given. */
async function named(db: Db, teamId: string, ids: readonly string[]): Promise<NamedAccount[]> {
  const [accounts, values] = await Promise.all([
    findAccounts(db, teamId, ids, null),
    fieldValuesOf(db, teamId, "account", ids),
  ]);
  const wanted = accounts.flatMap(({ accountStageId, ownerId, labelIds }) => [
    ...[accountStageId, ownerId],
    ...labelIds,
  ]);
  const unique = [...new Set(wanted.filter((id) => id !== null))];
  const [known, stages] = await Promise.all([
    namesOf(db, teamId, unique, null),
    findStages(db, teamId, "account", unique),
  ]);
  const names = new Map([...known, ...stages].map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return accounts.map((row) => ({ row, nameOf, values: values.get(row.id) ?? {} }));
}

function lineOf({ row, nameOf }: NamedAccount): CsvCell[] {
  return [
    ...[row.id, row.name, row.domain, row.websiteUrl, row.phone, row.industry, row.estimatedNumEmployees],
    ...[row.annualRevenue, row.foundedYear, nameOf(row.accountStageId), nameOf(row.ownerId)],
    inOneCell(row.labelIds.flatMap((id) => nameOf(id) ?? []).toSorted()) || null,
    ...[row.city, row.state, row.country, row.linkedinUrl, stored(row.createdAt)],
    ...[row.rawAddress, row.twitterUrl, row.facebookUrl, row.hubspotId, row.salesforceId],
  ];
}
