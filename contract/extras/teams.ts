import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { apiKey } from "./api-keys.ts";
import { calendarCode } from "./holidays.ts";
import { touchLimit } from "./touch-limits.ts";

export const team = z.strictObject({
  id: fields.id,
  name: z.string(),
  time_zone: z.string(),
  created_at: fields.stamp,
  opt_out_html_template: z.string().nullable(),
  should_include_unsubscribe_link: z.boolean(),
  max_emails_per_recipient_domain_per_day: z.int().nullable(),
  touch_limits: z.array(touchLimit),
  only_owners_add_contacts: z.boolean(),
  assume_delivered_after_hours: z.int().nullable(),
  hold_after_answer: z.boolean(),
  answer_hold_days: z.int(),
  holiday_calendar: z.union([calendarCode, z.literal("none")]).nullable(),
});

export const teams = {
  current: endpoint({
    method: "GET",
    path: "/teams/current",
    scope: "teams/show",
    access: "scoped",
    effect: "read",
    summary: "Shows the team and its settings",
    input: z.object({}),
    output: z.strictObject({ team }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/teams/current",
    scope: "teams/update",
    access: "admin",
    effect: "write",
    summary: "Changes the team's settings",
    input: z.object({
      name: fields.name().optional(),
      time_zone: fields.timeZone.optional(),
      opt_out_html_template: fields
        .text(2000)
        .nullish()
        .describe("The line by which readers unsubscribe, `<%…%>` around its link; null: one word"),
      should_include_unsubscribe_link: fields.flag
        .optional()
        .describe("Whether mails end with that line, for whoever says nothing else of their own"),
      max_emails_per_recipient_domain_per_day: z
        .int()
        .min(0)
        .max(1_000_000)
        .nullish()
        .describe(
          "Mails to addresses of one company in any 24 hours, from all mailboxes together; null: no limit",
        ),
      touch_limits: z
        .array(touchLimit)
        .max(6)
        .optional()
        .describe(
          "How often one person, company or domain is touched, over all sequences and mails by hand; what is beyond it waits. Replaces all that were set",
        ),
      only_owners_add_contacts: fields.flag
        .optional()
        .describe(
          "Whether members add only contacts that they, their group or nobody owns to sequences. Admins add all contacts",
        ),
      hold_after_answer: fields.flag
        .optional()
        .describe(
          "After a contact has answered, no automatic mail of any sequence goes to them until the answer is settled or its days have passed. On by default; a possible opt-out always waits",
        ),
      answer_hold_days: z
        .int()
        .min(1)
        .max(90)
        .optional()
        .describe("Days after which a contact whose answer nobody has settled goes on; 7 by default"),
      holiday_calendar: z
        .union([calendarCode, z.literal("none")])
        .nullish()
        .describe(
          'Whose public holidays count for contacts whose country is not known: a country ("DE"), a region ("DE-BY") or "none"; null: the country of the schedule\'s time zone',
        ),
      assume_delivered_after_hours: z
        .int()
        .min(1)
        .max(720)
        .nullish()
        .describe(
          "A mail whose server's answer was lost, from a mailbox without a Sent folder to look into, counts as delivered after so many hours without a bounce; null: its owner is asked",
        ),
    }),
    output: z.strictObject({ team }),
  }),

  create: endpoint({
    method: "POST",
    path: "/teams",
    scope: "teams/create",
    access: "operator",
    effect: "write",
    summary: "Opens a further team on this installation",
    input: z.object({
      name: fields.name(),
      owner_email: fields.email,
      time_zone: fields.timeZone.optional(),
    }),
    output: z.strictObject({
      team,
      api_key: z.strictObject({ ...apiKey.shape, key: z.string() }),
      invitation_url: z.string().describe("By this link the owner joins; shown this once only"),
    }),
  }),
};
