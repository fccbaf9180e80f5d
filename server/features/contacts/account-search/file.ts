// All companies that a search finds, as a file: in the order of their ids, so that each page goes on behind the last.

import type { Db } from "../../../db/connect.ts";
import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored } from "../../../kernel/moments.ts";
import { type AccountRow, findAccounts } from "../accounts/store.ts";
import { namesOf } from "../contact-search/store.ts";
import { fieldValuesOf, listFields } from "../custom-fields/store.ts";
import { findStages } from "../stages/store.ts";
import { type AccountFilter, idsAfter, questionOf } from "./store.ts";

const LINES_AT_ONCE = 500;

const COLUMNS = [
  ...["Id", "Name", "Domain", "Website", "Phone", "Industry", "Employees", "Annual revenue", "Founded"],
  ...["Stage", "Owner", "Lists", "City", "State", "Country", "LinkedIn", "Added"],
  ...["Address", "Twitter", "Facebook", "HubSpot id", "Salesforce id"],
];

export async function accountsFile(db: Db, teamId: string, filter: AccountFilter): Promise<Csv> {
  const fields = await listFields(db, teamId, "account");
  const question = questionOf(teamId, filter);
  let after = "";
  return {
    name: "companies",
    columns: [...COLUMNS, ...fields.map(({ name }) => name)],
    async next(page) {
      const ids = await idsAfter(page, question, after, LINES_AT_ONCE);
      after = ids.at(-1) ?? after;
      if (ids.length === 0) return [];
      const [accounts, values] = await Promise.all([
        findAccounts(page, teamId, ids, null),
        fieldValuesOf(page, teamId, "account", ids),
      ]);
      const named = accounts.flatMap(({ accountStageId, ownerId, labelIds }) => [
        ...[accountStageId, ownerId],
        ...labelIds,
      ]);
      const wanted = [...new Set(named.filter((id) => id !== null))];
      const [known, stages] = await Promise.all([
        namesOf(page, teamId, wanted, null),
        findStages(page, teamId, "account", wanted),
      ]);
      const names = new Map([...known, ...stages].map(({ id, name }) => [id, name]));
      return accounts.map((account): CsvCell[] => [
        ...lineOf(account, names),
        ...fields.map(({ id, options }) => cellOf(values.get(account.id)?.[id], options)),
      ]);
    },
  };
}

function lineOf(row: AccountRow, names: ReadonlyMap<string, string | null>): CsvCell[] {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return [
    ...[row.id, row.name, row.domain, row.websiteUrl, row.phone, row.industry, row.estimatedNumEmployees],
    ...[row.annualRevenue, row.foundedYear, nameOf(row.accountStageId), nameOf(row.ownerId)],
    inOneCell(row.labelIds.flatMap((id) => nameOf(id) ?? []).toSorted()) || null,
    ...[row.city, row.state, row.country, row.linkedinUrl, stored(row.createdAt)],
    ...[row.rawAddress, row.twitterUrl, row.facebookUrl, row.hubspotId, row.salesforceId],
  ];
}

/** Choices by their names: an id means nothing in a spreadsheet. */
function cellOf(value: unknown, options: readonly { id: string; name: string }[]): CsvCell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return inOneCell(value.map((one) => String(cellOf(one, options) ?? "")));
  if (typeof value === "number" || typeof value === "boolean") return value;
  return options.find(({ id }) => id === String(value))?.name ?? String(value);
}
