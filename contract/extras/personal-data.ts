// What a person asks for by article 15 of the GDPR: everything that is kept about them.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const input = z.object({ id: fields.id });

export const personalData = endpoint({
  method: "GET",
  path: "/contacts/{id}/personal_data",
  scope: "contacts/personal_data",
  access: "admin",
  effect: "read",
  summary: "Get all data kept about a contact",
  description:
    "For a person who asks what is kept about them. It also holds what only some users may see, so look through it before you send it.",
  input,
  output: z.strictObject({
    personal_data: z.strictObject({
      contact_id: fields.id,
      name: z.string().nullable(),
      made_at: fields.stamp,
      sections: z.array(
        z.strictObject({
          name: z.string(),
          title: z.string(),
          about: z.string(),
          records: z.array(z.record(z.string(), z.unknown())),
        }),
      ),
    }),
  }),
});

export const personalDataFile = endpoint({
  method: "GET",
  path: "/contacts/{id}/personal_data/file",
  scope: "contacts/personal_data_file",
  access: "admin",
  effect: "read",
  isFile: true,
  summary: "Download all data kept about a contact",
  description: "The same as a page that the person can open and read.",
  input,
  output: z.unknown(),
});
