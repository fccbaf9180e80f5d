// Why: where somebody or something stands, what comes next and when, what holds it, and the call that would mend it.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const next = z
  .strictObject({
    what: z
      .string()
      .describe(
        "A type of step; `resume`; `not_sent` where the mail will fail as things are; `skip` where it is passed over",
      ),
    step_position: z.int().nullable(),
    at: fields.stamp.nullable().describe("The best estimate; null while somebody has to do something first"),
    earliest_at: fields.stamp.nullable(),
    email_account_id: fields.id.nullable(),
  })
  .nullable();

const fix = z
  .strictObject({
    label: z.string(),
    method: z.enum(["POST", "PUT", "PATCH", "DELETE"]),
    path: z.string(),
    body: z.record(z.string(), z.unknown()).nullable(),
  })
  .nullable()
  .describe("A call that works as it is; null where only a person knows what to say, or may not say it");

export const hold = z.strictObject({
  code: z.string().describe("All codes stand in docs/why.md"),
  rule: z.string().describe("Which rule or limit says so, in a sentence"),
  evidence: z.record(z.string(), z.unknown()),
  since: fields.stamp.nullable(),
  until: fields.stamp.nullable().describe("When it passes by itself"),
  fix,
});

export const past = z.strictObject({
  at: fields.stamp,
  event: z.string(),
  cause: z.string(),
  actor: z.strictObject({
    user_id: fields.id.nullable(),
    name: z.string().nullable(),
    api_key_id: fields.id.nullable(),
  }),
  sentence: z.string(),
});

const explanation = {
  subject: z.strictObject({ type: z.string(), id: fields.id, name: z.string().nullable() }),
  state: z.string(),
  sentence: z.string(),
  next,
  held_by: z.array(hold).describe("In the order in which they are asked before a mail is sent"),
  history: z.array(past).describe("Newest first, 50 at most"),
  set_aside: z
    .array(
      z.strictObject({
        code: z.string().describe("Which of the engine's loops failed"),
        sentence: z.string(),
        since: fields.stamp,
        tried_again_at: fields.stamp,
      }),
    )
    .describe("What of it the engine has set aside for a while because it failed"),
};

const variant = z
  .strictObject({
    emailer_touch_id: fields.id,
    goes_with_touch_id: fields.id.nullable(),
    because: z.enum(["goes_with", "everybody_else", "no_other", "drawn", "only"]),
    sentence: z.string(),
  })
  .nullable()
  .describe(
    "Which of the step's variants they get, and why; null where there is but one. Of a mail that went out only where it goes with what they were sent before",
  );

const input = z.object({ id: fields.id });

const standing = z.strictObject({
  contact_campaign_status_id: fields.id,
  emailer_campaign_id: fields.id,
  emailer_campaign_name: z.string(),
  state: z.string(),
  sentence: z.string(),
  next,
  held_by_codes: z.array(z.string()),
});

const suppression = z
  .strictObject({
    id: fields.id,
    kind: z.string(),
    value: z.string(),
    source: z.string(),
    reason: z.string().nullable(),
    created_by: fields.id.nullable(),
    created_at: fields.stamp,
  })
  .nullable()
  .describe("What of the team's suppression list bars their address");

const against = z.strictObject({
  code: z.string(),
  flag: z.string().nullable().describe("The flag that lets them in all the same"),
  evidence: z.record(z.string(), z.unknown()),
  sentence: z.string(),
});

const bucket = z.strictObject({
  code: z.string().describe("What holds them first; `due` and `waiting` where nothing does"),
  count: z.int(),
  at_least: z.boolean().describe("There were more than are counted"),
  sentence: z.string(),
  step_position: z.int().nullable(),
  evidence: z.record(z.string(), z.unknown()),
});

export const sending = z.strictObject({
  sent_last_day: z.int(),
  sent_last_hour: z.int(),
  sent_elsewhere_last_day: z
    .int()
    .describe("How many of them were sent with another program, where the mailbox counts those"),
  sent_elsewhere_last_hour: z.int(),
  email_daily_threshold: z.int().nullable(),
  max_outbound_emails_per_hour: z.int().nullable(),
  seconds_delay_between_emails: z.int().nullable(),
  last_sent_at: fields.stamp.nullable(),
  free_at: fields.stamp.nullable().describe("From when on it may send; null while somebody has to act first"),
  waiting: z.int(),
  due: z.int(),
  at_least: z.boolean(),
});

export const explain = {
  contact: endpoint({
    method: "GET",
    path: "/contacts/{id}/explain",
    scope: "contacts/explain",
    access: "scoped",
    effect: "read",
    summary: "Explains where a contact stands in every sequence, and what keeps them out of others",
    description:
      "`cannot_be_added` is what `add_contact_ids` would say without any flag. States: `reachable`, `in_sequence`, `barred`.",
    input,
    output: z.strictObject({
      explain: z.strictObject({
        ...explanation,
        contact_campaign_statuses: z.array(standing),
        suppression,
        cannot_be_added: z.array(against),
      }),
    }),
  }),

  enrollment: endpoint({
    method: "GET",
    path: "/contact_campaign_statuses/{id}/explain",
    scope: "contact_campaign_statuses/explain",
    access: "scoped",
    effect: "read",
    summary: "Explains what happens next with one contact in one sequence, when, and what holds it",
    description: "States: `waiting`, `due`, `held`, `paused`, `finished`, `failed`, `removed`.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, variant }) }),
  }),

  sequence: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/explain",
    scope: "emailer_campaigns/explain",
    access: "scoped",
    effect: "read",
    summary: "Explains whether a sequence runs, who waits for what, and why nothing goes out",
    description:
      "States: `running`, `held`, `off`, `archived`, `empty`. `waiting` counts everybody under the first thing that holds them; what is wrong with a single contact shows with that contact.",
    input,
    output: z.strictObject({
      explain: z.strictObject({ ...explanation, waiting: z.array(bucket) }),
    }),
  }),

  mailbox: endpoint({
    method: "GET",
    path: "/email_accounts/{id}/explain",
    scope: "email_accounts/explain",
    access: "scoped",
    effect: "read",
    summary: "Explains whether a mailbox may send now, which limit is reached, and when it is free again",
    description: "States: `ready`, `resting`, `disconnected`.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, sending }) }),
  }),

  message: endpoint({
    method: "GET",
    path: "/emailer_messages/{id}/explain",
    scope: "emailer_messages/explain",
    access: "scoped",
    effect: "read",
    summary: "Explains what became of a mail, or when it goes out and what holds it",
    description:
      "States: `drafted`, `scheduled`, `sending`, `unconfirmed`, `completed`, `failed`, `skipped`, `cancelled`. `history` has a line for every attempt to send it.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, variant }) }),
  }),
};
