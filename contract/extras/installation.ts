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
      .describe("True if the caller may confirm: the operator, or an admin of the only team"),
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
    summary: "Show whether sending is paused because the database may be a copy",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),

  confirmSending: endpoint({
    method: "POST",
    path: "/installation/sending/confirm",
    scope: "installation/confirm_sending",
    access: "admin",
    effect: "write",
    summary: "Confirm that this database sends",
    description:
      "Make sure that no other installation sends from a copy of it. Allowed for the operator and for an admin of the only team. Emails a copy has sent are unknown here and are sent again.",
    input: z.object({}),
    output: z.strictObject({ installation: shown }),
  }),
};
