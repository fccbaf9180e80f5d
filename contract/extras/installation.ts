// Whether this installation sends: a database that woke up elsewhere, or from a back-up, waits for a person's word.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const shown = z.strictObject({
  sending: z.strictObject({
    held: z.boolean(),
    held_since: fields.stamp.nullable(),
    may_confirm: z
      .boolean()
      .describe("Whether it is whoever asks who may confirm: the operator, or an admin of the only team"),
    reasons: z.array(
      z.strictObject({
        code: z.enum(["other_database", "copied_folder", "other_folder", "older_state", "other_address"]),
        says: z.string(),
      }),
    ),
  }),
});

export const installation = {
  show: endpoint({
    method: "GET",
    path: "/installation",
    scope: "installation/show",
    access: "admin",
    effect: "read",
    summary: "Says whether mail is sent from this database, or waits because it may be a copy",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),

  confirmSending: endpoint({
    method: "POST",
    path: "/installation/sending/confirm",
    scope: "installation/confirm_sending",
    access: "admin",
    effect: "write",
    summary: "Sends from here on: no other Cadenza sends from a copy of this database",
    description:
      "The operator's word, or that of an admin of the only team. What was sent elsewhere since the copy was made is not known here, and is sent once more.",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),
};
