// Why: the state of a contact or record, what comes next and when, what holds it, and the call that would fix it.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const next = z
  .strictObject({
    what: z
      .string()
      .describe(
        "A step type, or `resume`, `not_sent` (the email will fail as it is) or `skip` (the step is skipped)",
      ),
    step_position: z.int().nullable(),
    at: fields.stamp.nullable().describe("Best estimate; null while a teammate has to act first"),
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
  .describe(
    "A ready-made call that fixes it; null if you have to decide the values, or may not make the call",
  );

export const hold = z.strictObject({
  code: z.string().describe("/help/guides/why lists all codes"),
  rule: z.string().describe("The rule or limit in a sentence"),
  evidence: z.record(z.string(), z.unknown()),
  since: fields.stamp.nullable(),
  until: fields.stamp.nullable().describe("When it ends by itself"),
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
  held_by: z.array(hold).describe("In the order the rules are checked before an email is sent"),
  history: z.array(past).describe("Newest first, at most 50"),
  set_aside: z
    .array(
      z.strictObject({
        code: z.string().describe("The engine loop that failed"),
        sentence: z.string(),
        since: fields.stamp,
        tried_again_at: fields.stamp,
      }),
    )
    .describe("Parts the engine skips for now after an error; it retries them"),
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
    "The step variant this contact gets, and why; null if there is only one. For sent emails, only set if an earlier variant decided it",
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
  .describe("The entry of the Do not email list that blocks this address");

const against = z.strictObject({
  code: z.string(),
  flag: z.string().nullable().describe("The flag of `add_contact_ids` that adds the contact anyway"),
  evidence: z.record(z.string(), z.unknown()),
  sentence: z.string(),
});

const bucket = z.strictObject({
  code: z.string().describe("What holds these contacts first; `due` or `waiting` if nothing does"),
  count: z.int(),
  at_least: z.boolean().describe("True if there are more than were counted"),
  statuses: z.array(z.string()).describe("Their statuses in the sequence"),
  people: z
    .array(z.strictObject({ id: fields.id, name: z.string().nullable() }))
    .describe("Up to 5 of the contacts, by id"),
  sentence: z.string(),
  step_position: z.int().nullable(),
  evidence: z.record(z.string(), z.unknown()),
});

export const sending = z.strictObject({
  sent_last_day: z.int(),
  sent_last_hour: z.int(),
  sent_elsewhere_last_day: z
    .int()
    .describe("Number of them that another program sent, if the mailbox counts them"),
  sent_elsewhere_last_hour: z.int(),
  email_daily_threshold: z.int().nullable(),
  limit_today: z
    .int()
    .nullable()
    .describe(
      "Daily limit of today: the smaller of `email_daily_threshold` and what a ramp allows; null: none",
    ),
  ramp: z.string().nullable().describe("The ramp, such as `+2 a day up to 50`; null: none"),
  max_outbound_emails_per_hour: z.int().nullable(),
  seconds_delay_between_emails: z.int().nullable(),
  last_sent_at: fields.stamp.nullable(),
  free_at: fields.stamp
    .nullable()
    .describe("When the mailbox may send again; null while a teammate has to act first"),
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
    summary: "Explain a contact",
    description:
      "Shows its state in every sequence, and why it cannot be added to others. `cannot_be_added` holds what `add_contact_ids` answers without flags. States: `reachable`, `in_sequence`, `barred`.",
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
    summary: "Explain one contact in one sequence",
    description:
      "Shows the next step, its time and what holds it. States: `waiting`, `due`, `held`, `paused`, `finished`, `failed`, `removed`.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, variant }) }),
  }),

  sequence: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/explain",
    scope: "emailer_campaigns/explain",
    access: "scoped",
    effect: "read",
    summary: "Explain a sequence",
    description:
      "Shows whether it runs, what contacts wait for, and why nothing is sent. States: `running`, `held`, `off`, `archived`, `empty`. `waiting` counts each contact once, under its first hold. Problems of a single contact are explained with that contact.",
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
    summary: "Explain a mailbox",
    description:
      "Shows whether it may send now, which limit is reached, and when it can send again. States: `ready`, `resting`, `disconnected`.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, sending }) }),
  }),

  message: endpoint({
    method: "GET",
    path: "/emailer_messages/{id}/explain",
    scope: "emailer_messages/explain",
    access: "scoped",
    effect: "read",
    summary: "Explain an email",
    description:
      "Shows what happened to it, or when it will be sent and what holds it. States: `drafted`, `scheduled`, `sending`, `unconfirmed`, `completed`, `failed`, `skipped`, `cancelled`. `history` has an entry for each send attempt.",
    input,
    output: z.strictObject({ explain: z.strictObject({ ...explanation, variant }) }),
  }),
};
