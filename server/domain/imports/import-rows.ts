// What one row of a file says, or why it says nothing that can be used. A blank cell says nothing: it clears no field.
//
// Easy to get wrong: an opt-out in a file holds and a missing one takes none back; and text that no column of the database
// can index must be found here, where it costs one row, and not there, where it costs all of them.

import type { AccountWish } from "../contacts/accounts.ts";
import type { ContactValues } from "../contacts/contact-facts.ts";
import type { CellValues } from "./row-values.ts";

/** Why a row is skipped. */
export type RowSkipCode =
  | "row_empty"
  | "header_again"
  | "cells_too_many"
  | "other_delimiter"
  | "cell_unreadable"
  | "cell_too_long"
  | "line_no_json"
  | "line_no_object"
  | "email_invalid"
  | "id_invalid"
  | "id_unknown"
  | "row_unidentified"
  | "deal_unnamed"
  | "deals_alike"
  | "row_not_saved";

export type RowExtras = {
  labelNames?: readonly string[];
  fields?: Readonly<Record<string, string>>;
  /** The address of a member, or the name. */
  owner?: string;
  /** By field: why its value was left out. The rest of the row is used. */
  leftOut: Record<string, string>;
};

export type ImportedContact = ContactValues &
  RowExtras & { id?: string; websiteUrl?: string; stageName?: string };
export type ImportedAccount = AccountWish & RowExtras & { id?: string; stageName?: string };
export type Read<Row> = { row: Row; code: null } | { row: null; code: RowSkipCode };

/** What stands where bytes are no letter: half a name would be written to as one. */
const UNREADABLE = "\ufffd";

/** What is wrong with a row, before its record is looked up. */
export function rowFault(
  cells: readonly string[],
  header: readonly string[],
  delimiter: string | null,
): RowSkipCode | null {
  if (cells.every((cell) => cell.trim() === "")) return "row_empty";
  if (cells.slice(header.length).some((cell) => cell.trim() !== "")) return "cells_too_many";
  if (cells.some((cell) => cell.includes("\0") || cell.includes(UNREADABLE))) return "cell_unreadable";
  if (
    delimiter !== null &&
    cells.length === header.length &&
    cells.every((cell, at) => cell.trim() === header[at]?.trim())
  )
    return "header_again";
  const [only = ""] = cells;
  const isWhole = delimiter !== null && cells.length === 1 && header.length > 1;
  if (isWhole && [",", ";", "\t", "|"].some((sign) => sign !== delimiter && only.includes(sign)))
    return "other_delimiter";
  return null;
}

/** Whom a row means, in its own words: by name, or by what else tells one from others. */
export function nameIn(values: CellValues): string | null {
  const whole = [values.get("first_name"), values.get("last_name")].filter(Boolean).join(" ");
  const others = CALLED_BY.map((field) => values.get(field));
  return [values.get("name"), whole, ...others].find((text) => text) ?? null;
}

const CALLED_BY = ["email", "domain", "website_url", "linkedin_url", "organization_name"];
