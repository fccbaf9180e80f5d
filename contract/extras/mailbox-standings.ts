// All mailboxes beside each other: what each may still send today, who waits, and how its mail is received.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { hold, sending } from "./explain.ts";

export const mailboxStandings = {
  standings: endpoint({
    method: "GET",
    path: "/email_accounts/standings",
    scope: "email_accounts/standings",
    access: "scoped",
    effect: "read",
    summary: "List all mailboxes with limits, waiting emails, holds and results",
    description:
      "`planned_next_day` counts unsent emails due within 24 hours. `sent_by_day` covers 14 days in the team's time zone, without days that had no email.",
    input: z.object({}),
    output: z.strictObject({
      standings: z.array(
        z.strictObject({
          email_account_id: fields.id,
          state: z.enum(["ready", "resting", "disconnected"]),
          sentence: z.string(),
          held_by: z.array(hold),
          sending,
          planned_next_day: z.int(),
          sent_last_30_days: z.int(),
          bounced_last_30_days: z.int(),
          replied_last_30_days: z.int(),
          sent_by_day: z.array(z.strictObject({ day: z.iso.date(), sent: z.int() })),
        }),
      ),
    }),
  }),
};
