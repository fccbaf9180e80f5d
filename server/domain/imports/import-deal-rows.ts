// What a row of a file says of a deal, or why it says nothing. A blank cell says nothing: it clears no field.

import { say } from "../../kernel/say.ts";
import { fromOneCell } from "../contacts/cell-lists.ts";
import { normalizeDomain } from "../contacts/companies.ts";
import { bareAddress } from "../contacts/contact-emails.ts";
import { isCurrency, readAmount } from "../work/deal.ts";
import type { Read } from "./import-rows.ts";
import { type CellValues, commonIn, isTooLong } from "./row-values.ts";

/** A contact by an address, or by the full name, with all roles in the deal. */
type DealContactSaid = { who: string; roles: readonly string[] };

export type DealSaid = {
  id?: string;
  name?: string;
  companyName?: string;
  domain?: string;
  stageName?: string;
  amount?: string;
  currency?: string;
  closesOn?: string;
  closedOn?: string;
  contacts?: readonly DealContactSaid[];
  mainContact?: string;
  nextStep?: string;
  nextStepOn?: string;
  probability?: number;
  closedLostReason?: string;
  closedWonReason?: string;
  description?: string;
  crmId?: string;
  salesforceId?: string;
  owner?: string;
  fields?: Readonly<Record<string, string>>;
  leftOut: Record<string, string>;
};

const TEXTS = {
  name: "name",
  organization_name: "companyName",
  opportunity_stage_name: "stageName",
  next_step: "nextStep",
  closed_lost_reason: "closedLostReason",
  closed_won_reason: "closedWonReason",
  crm_id: "crmId",
  salesforce_id: "salesforceId",
} as const satisfies Record<string, keyof DealSaid>;

const DAYS = {
  closed_date: "closesOn",
  actual_close_date: "closedOn",
  next_step_date: "nextStepOn",
} as const satisfies Record<string, keyof DealSaid>;

const LONGEST_NAME = 500;
const LONGEST_DESCRIPTION = 100_000;

export function dealFrom(values: CellValues): Read<DealSaid> {
  if (isTooLong(values)) return { row: null, code: "cell_too_long" };
  const { labelNames: _, ...common } = commonIn(values);
  const row: DealSaid = { leftOut: {}, ...common };
  const id = values.get("id")?.toLowerCase();
  if (id !== undefined && /^[0-9a-f]{24}$/.test(id)) row.id = id;
  else if (id !== undefined) row.leftOut.id = say("is not a valid id");
  for (const [field, key] of Object.entries(TEXTS)) {
    const text = values.get(field);
    if (text !== undefined) row[key] = text;
  }
  for (const [field, key] of Object.entries(DAYS)) takeDay(row, key, field, values.get(field));
  takeDomain(row, values.get("domain"));
  takeAmount(row, values.get("amount"));
  takeCurrency(row, values.get("currency_code"));
  takeProbability(row, values.get("deal_probability"));
  takeContacts(row, values);
  const description = values.get("description");
  if (description !== undefined && description.length <= LONGEST_DESCRIPTION) row.description = description;
  else if (description !== undefined) row.leftOut.description = say("is longer than 100,000 characters");
  row.name = row.name?.slice(0, LONGEST_NAME).toWellFormed() ?? "";
  return row.name === "" ? { row: null, code: "deal_unnamed" } : { row, code: null };
}

function takeDay(
  row: DealSaid,
  key: (typeof DAYS)[keyof typeof DAYS],
  field: string,
  text: string | undefined,
) {
  if (text === undefined) return;
  try {
    row[key] = Temporal.PlainDate.from(/^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? "").toString();
  } catch {
    row.leftOut[field] = say("is not a date such as 2026-03-31");
  }
}

function takeDomain(row: DealSaid, text: string | undefined) {
  if (text === undefined) return;
  const domain = normalizeDomain(text);
  if (domain === null) row.leftOut.domain = say("is not a domain");
  else row.domain = domain;
}

/** A comma may separate thousands or decimals: it is taken only where groups of three leave no doubt. */
const GROUPED = /^\d{1,3}(?:[, '\u00a0\u202f]\d{3})+(?:\.\d{1,6})?$/;

function takeAmount(row: DealSaid, text: string | undefined) {
  if (text === undefined) return;
  const bare = text.replace(/^[$€£]\s?/, "").trim();
  const amount = readAmount(GROUPED.test(bare) ? bare.replace(/[^\d.]/g, "") : bare);
  if (amount === null) row.leftOut.amount = say("is not an amount such as 48500.50");
  else row.amount = amount;
}

function takeCurrency(row: DealSaid, text: string | undefined) {
  if (text === undefined) return;
  if (isCurrency(text)) row.currency = text.trim().toUpperCase();
  else row.leftOut.currency_code = say("is not a currency such as EUR");
}

function takeProbability(row: DealSaid, text: string | undefined) {
  if (text === undefined) return;
  const percent = Number(/^(\d{1,3})\s?%?$/.exec(text)?.[1] ?? Number.NaN);
  if (percent <= 100) row.probability = percent;
  else row.leftOut.deal_probability = say("is not a percentage from 0 to 100");
}

const MOST_CONTACTS = 500;
const MOST_ROLES = 20;

/** The roles are in the order of the contacts; several roles of one contact are a list within the list. */
function takeContacts(row: DealSaid, values: CellValues) {
  const who = listIn(values.get("contact_emails"));
  const roles = fromOneCell(values.get("contact_roles") ?? "");
  const main = values.get("main_contact_email");
  if (main !== undefined) row.mainContact = plainWho(main);
  if (who.length === 0) return;
  row.contacts = who.slice(0, MOST_CONTACTS).map((one, at) => ({
    who: plainWho(one),
    roles: listIn(roles[at])
      .slice(0, MOST_ROLES)
      .map((role) => role.slice(0, 200).toWellFormed()),
  }));
}

function listIn(cell: string | undefined) {
  return fromOneCell(cell ?? "").filter((text) => text.trim() !== "");
}

function plainWho(text: string) {
  return (text.includes("@") ? bareAddress(text) : text.trim()).toLowerCase();
}
