// A CSV of people, as address books and sales tools write them: which column is what, and what each row says.

import { readFileSync } from "node:fs";
import type { Input } from "@cadenza/sdk";
import { parse } from "csv-parse/sync";
import { Unusable } from "./exits.ts";
import { isId } from "./lookup.ts";

type Attributes = NonNullable<Input<"contacts", "bulkCreate">["contact_attributes"]>[number];

export type People = {
  ids: string[];
  wishes: Attributes[];
  unused: string[];
  unusable: { row: number; why: string }[];
};

const COLUMNS: Record<string, string[]> = {
  id: ["id", "contact_id", "apollo_contact_id", "record_id"],
  email: ["email", "email_address", "e_mail", "mail", "work_email", "primary_email", "email_1"],
  first_name: ["first_name", "firstname", "given_name", "first"],
  last_name: ["last_name", "lastname", "surname", "family_name", "last"],
  name: ["name", "full_name", "contact_name"],
  title: ["title", "job_title", "position", "role"],
  organization_name: [
    "organization_name",
    "company",
    "company_name",
    "organization",
    "account",
    "account_name",
    "employer",
  ],
  website_url: ["website_url", "website", "company_website", "domain", "company_domain"],
  linkedin_url: ["linkedin_url", "linkedin", "person_linkedin_url", "linkedin_profile"],
  direct_phone: ["direct_phone", "phone", "phone_number", "work_phone", "work_direct_phone"],
  mobile_phone: ["mobile_phone", "mobile", "cell", "cell_phone"],
};

const plain = (head: string) =>
  head
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
const fieldFor = (head: string) =>
  Object.keys(COLUMNS).find((field) => COLUMNS[field]?.includes(plain(head)));

export function readPeople(path: string): People {
  const text = readFileSync(path === "-" ? 0 : path, "utf8");
  const rows = parsed(text, path);
  const heads = Object.keys(rows[0] ?? {});
  const fields = new Map(heads.map((head) => [head, fieldFor(head)]));
  if (![...fields.values()].some((field) => field === "email" || field === "id"))
    throw new Unusable(
      `${path} has no column of email addresses or contact ids. Its columns are: ${heads.join(", ") || "none"}.`,
    );
  const people: People = {
    ids: [],
    wishes: [],
    unused: heads.filter((head) => !fields.get(head)),
    unusable: [],
  };
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) take(people, personIn(row, fields), index + 2, seen);
  return people;
}

function parsed(text: string, path: string): Record<string, string>[] {
  const firstLine = text.slice(0, text.search(/\r?\n|$/));
  const delimiter =
    [",", ";", "\t"].sort((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0] ?? ",";
  try {
    return parse(text, {
      bom: true,
      columns: true,
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
      delimiter,
    });
  } catch (error) {
    throw new Unusable(
      `${path} is no CSV that can be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function personIn(row: Record<string, string>, fields: ReadonlyMap<string, string | undefined>) {
  const person: Record<string, string> = {};
  for (const [head, value] of Object.entries(row)) {
    const field = fields.get(head);
    if (field && value && !person[field]) person[field] = value;
  }
  return person;
}

function take(people: People, person: Record<string, string>, row: number, seen: Set<string>) {
  const { id, name, ...attributes } = person;
  const email = attributes.email?.toLowerCase();
  const who = id ?? email;
  if (!who) return people.unusable.push({ row, why: "has neither an email address nor an id" });
  if (id !== undefined && !isId(id))
    return people.unusable.push({ row, why: `has the id ${id}, which is none` });
  if (!id && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email ?? ""))
    return people.unusable.push({ row, why: `has the address ${email}, which is none` });
  if (seen.has(who)) return 0;
  seen.add(who);
  if (id) return people.ids.push(id.toLowerCase());
  const [first = "", ...last] = (name ?? "").split(/\s+/);
  return people.wishes.push({
    ...(name && !attributes.first_name && { first_name: first, last_name: last.join(" ") }),
    ...attributes,
  } as Attributes);
}
