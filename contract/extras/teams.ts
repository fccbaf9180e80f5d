import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { apiKey } from "./api-keys.ts";
import { calendarCode } from "./holidays.ts";
import { touchLimit } from "./touch-limits.ts";

const limitOfDay = z.int().min(1).max(1000).nullable();
export const recipientLimit = z.strictObject({
  to: z.enum(["provider", "domain"]),
  provider: z
    .enum([
      "google",
      "microsoft",
      "yahoo",
      "apple",
      "gmx",
      "telekom",
      "ionos",
      "zoho",
      "mimecast",
      "proofpoint",
      "barracuda",
      "cisco",
      "trend_micro",
      "sophos",
      "hornetsecurity",
      "broadcom",
    ])
    .nullish()
    .describe("By the MX records of the domain; null: each provider by itself"),
  most: z.int().min(0).max(100_000),
  per: z.enum(["hour", "day"]),
});

const linkedInTasks = z.strictObject({
  linkedin_step_connect: limitOfDay,
  linkedin_step_message: limitOfDay,
  linkedin_step_view_profile: limitOfDay,
  linkedin_step_interact_post: limitOfDay,
});

export const team = z.strictObject({
  id: fields.id,
  name: z.string(),
  time_zone: z.string(),
  created_at: fields.stamp,
  opt_out_html_template: z.string().nullable(),
  should_include_unsubscribe_link: z.boolean(),
  max_emails_per_recipient_domain_per_day: z.int().nullable(),
  touch_limits: z.array(touchLimit),
  recipient_limits: z.array(recipientLimit),
  linkedin_tasks_per_day: linkedInTasks,
  only_owners_add_contacts: z.boolean(),
  assume_delivered_after_hours: z.int().nullable(),
  hold_after_answer: z.boolean(),
  answer_hold_days: z.int(),
  holiday_calendar: z.union([calendarCode, z.literal("none")]).nullable(),
});

const tagged = team.extend({ etag: etag() });

export const teams = {
  current: endpoint({
    method: "GET",
    path: "/teams/current",
    scope: "teams/show",
    access: "scoped",
    effect: "read",
    summary: "Show the team and its settings",
    input: z.object({}),
    output: z.strictObject({ team: tagged }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/teams/current",
    scope: "teams/update",
    access: "admin",
    effect: "write",
    summary: "Update the team's settings",
    ifMatch: { record: tagged },
    input: z.object({
      name: fields.name().optional(),
      time_zone: fields.timeZone.optional(),
      opt_out_html_template: fields
        .html(2000)
        .nullish()
        .describe("Unsubscribe line of emails, with `<%…%>` around the link; null: a short default"),
      should_include_unsubscribe_link: fields.flag
        .optional()
        .describe("True adds the unsubscribe line to emails of users without their own setting"),
      max_emails_per_recipient_domain_per_day: z
        .int()
        .min(0)
        .max(1_000_000)
        .nullish()
        .describe("Most emails to one company's addresses in 24 hours, from all mailboxes; null: no limit"),
      touch_limits: z
        .array(touchLimit)
        .max(6)
        .optional()
        .describe(
          "Contact frequency limits per contact, company or domain, over all sequences and manual emails. Emails over a limit wait. Replaces all earlier limits",
        ),
      recipient_limits: z
        .array(recipientLimit)
        .max(12)
        .optional()
        .describe(
          "Most emails from each mailbox to recipients at one mail provider or one domain, in rolling hours or 24 hours. Replaces all earlier ones",
        ),
      linkedin_tasks_per_day: z
        .object(linkedInTasks.partial().shape)
        .optional()
        .describe(
          "Most LinkedIn tasks of a type that one user gets in a day; null: no limit. Default: 20 connection requests. Steps over the limit wait",
        ),
      only_owners_add_contacts: fields.flag
        .optional()
        .describe(
          "True lets members add only contacts that they or their group own, or that have no owner. Admins add any contact",
        ),
      hold_after_answer: fields.flag
        .optional()
        .describe(
          "True holds automatic emails after a reply until a teammate handles it, or `answer_hold_days` have passed. Default: true. Possible unsubscribe requests always wait",
        ),
      answer_hold_days: z
        .int()
        .min(1)
        .max(90)
        .optional()
        .describe("Days until a contact continues after a reply that no teammate handled; default: 7"),
      holiday_calendar: z
        .union([calendarCode, z.literal("none")])
        .nullish()
        .describe(
          'Public holidays for contacts without a known country: a country ("DE"), a region ("DE-BY") or "none"; null: the country of the schedule\'s time zone',
        ),
      assume_delivered_after_hours: z
        .int()
        .min(1)
        .max(720)
        .nullish()
        .describe(
          "Hours without a bounce after which an unconfirmed email counts as delivered. For mailboxes without a readable Sent folder. null: the owner is asked",
        ),
    }),
    output: z.strictObject({ team: tagged }),
  }),

  create: endpoint({
    method: "POST",
    path: "/teams",
    scope: "teams/create",
    access: "operator",
    effect: "write",
    summary: "Create another team on this installation",
    input: z.object({
      name: fields.name(),
      owner_email: fields.email,
      time_zone: fields.timeZone.optional(),
    }),
    output: z.strictObject({
      team,
      api_key: z.strictObject({ ...apiKey.shape, key: z.string() }),
      invitation_url: z.string().describe("Invitation link for the owner; shown only once"),
    }),
  }),
};
