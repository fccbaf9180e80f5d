// What a row of a file says about a company, or why it says nothing that can be used.

import { say } from "../../kernel/say.ts";
import { normalizeDomain } from "../contacts/companies.ts";
import type { ImportedAccount, Read, RowSkipCode } from "./import-rows.ts";
import { type CellValues, commonIn, isTooLong, placeIn } from "./row-values.ts";

const ACCOUNT_TEXTS = {
  name: "name",
  website_url: "websiteUrl",
  linkedin_url: "linkedinUrl",
  twitter_url: "twitterUrl",
  facebook_url: "facebookUrl",
  industry: "industry",
  phone: "phone",
  hubspot_id: "hubspotId",
  salesforce_id: "salesforceId",
  account_stage_name: "stageName",
} as const satisfies Record<string, keyof ImportedAccount>;

export function accountFrom(values: CellValues): Read<ImportedAccount> {
  const skip = (code: RowSkipCode) => ({ row: null, code });
  if (isTooLong(values)) return skip("cell_too_long");
  const row: ImportedAccount = { leftOut: {}, ...commonIn(values) };
  for (const [field, key] of Object.entries(ACCOUNT_TEXTS)) {
    const text = values.get(field);
    if (text !== undefined) row[key] = text;
  }
  const domain = values.get("domain");
  if (domain !== undefined) {
    if (normalizeDomain(domain) === null) row.leftOut.domain = say("is not a domain");
    else row.domain = domain;
  }
  const address = values.get("raw_address") ?? placeIn(values);
  if (address !== undefined) row.rawAddress = address;
  takeNumber(row, "estimatedNumEmployees", "estimated_num_employees", values, 2_000_000_000);
  takeNumber(row, "foundedYear", "founded_year", values, 9_999);
  takeNumber(row, "annualRevenue", "annual_revenue", values, 1e15);
  const isNamed = row.name ?? row.domain ?? normalizeDomain(row.websiteUrl);
  return isNamed ? { row, code: null } : skip("row_unidentified");
}

function takeNumber(
  row: ImportedAccount,
  key: "estimatedNumEmployees" | "foundedYear" | "annualRevenue",
  field: string,
  values: CellValues,
  most: number,
) {
  const text = values.get(field);
  if (text === undefined) return;
  const digits = text.replace(/[\s,_']/g, "").replace(/^[$€£]/, "");
  const number = /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
  if (number >= 0 && number <= most) row[key] = key === "annualRevenue" ? number : Math.round(number);
  else row.leftOut[field] = say("must be a number");
}
