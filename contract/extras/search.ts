// One search for records of every kind, for the palette of the app and for programs that know a name and no id.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const KINDS = [
  "contact",
  "account",
  "sequence",
  "deal",
  "label",
  "message",
  "incoming_mail",
  "user",
] as const;

const kind = z.enum(KINDS);

export const foundRecord = z.strictObject({
  type: kind,
  id: fields.id,
  name: z.string().describe("What the record is called; of an email its subject"),
  detail: z
    .string()
    .nullable()
    .describe(
      "What tells it from others: title and company, domain, person; the number where a phone number was searched for",
    ),
  contact_id: fields.id.nullable().describe("The contact of an email; of a deal its main contact"),
  match: z
    .enum(["exact", "similar", "opened"])
    .describe("`similar`: found in spite of a typing error. `opened`: nothing was searched for"),
});

export const search = {
  records: endpoint({
    method: "GET",
    path: "/search",
    scope: "search/index",
    access: "scoped",
    effect: "read",
    summary: "Search contacts, companies, sequences, deals, lists, emails and users at once",
    description:
      "The best match comes first. Every word must occur: whole words or parts of three letters and more, shorter ones at the " +
      "beginning of a word. If fewer than three records match, similar words are found too. Without `q_keywords` the answer is " +
      "`opened_ids`, as far as the caller may see them. Emails and users are found by subject and person, emails also by text. A phone number in any spelling, of five digits and more, " +
      "finds contacts and companies.",
    input: z.object({
      q_keywords: fields.text(200).optional().describe("What is searched for"),
      types: z.array(kind).max(KINDS.length).optional().describe("Only these kinds; default: all"),
      opened_ids: z
        .array(fields.id)
        .max(30)
        .optional()
        .describe("Records that the caller opened last, newest first. They are listed before equal matches"),
      per_type: z.int().min(1).max(20).default(6).describe("The most records of one kind"),
    }),
    output: z.strictObject({ results: z.array(foundRecord) }),
  }),
};
