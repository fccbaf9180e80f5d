import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { accountBeside } from "./account.ts";
import { contactBeside } from "./contact.ts";

const nothing = z.null();

const contact = contactBeside.nullable();

export const phoneCall = z.strictObject({
  id: fields.id,
  user_id: fields.id.nullable(),
  account_id: fields.id.nullable(),
  contact_id: fields.id.nullable(),
  opportunity_id: fields.id.nullable(),
  voice_setting_id: nothing,
  phone_call_outcome_id: fields.id.nullable(),
  phone_call_purpose_id: fields.id.nullable(),
  recording_url: z.string().nullable(),
  twilio_call_sid: nothing,
  call_identifier: z.string().nullable(),
  agent_call_sid: nothing,
  inbound: z.boolean(),
  from_number: z.string().nullable(),
  to_number: z.string().nullable(),
  start_time: fields.stamp.nullable(),
  end_time: fields.stamp.nullable(),
  duration: z.int().nullable(),
  transcription_too_long: nothing,
  twilio_recording_sid: nothing,
  need_recording_upload: z.boolean(),
  logged: z.boolean(),
  note: z.string().nullable(),
  note_text: z.string().nullable(),
  status: z.string().nullable(),
  outreach_task_id: fields.id.nullable(),
  salesforce_id: nothing,
  hubspot_id: nothing,
  conference_id: nothing,
  voicemail_dropped: z.boolean(),
  parallel_dial_item_id: nothing,
  transcribed: z.boolean(),
  transcribing: z.boolean(),
  transcription_progress: nothing,
  contact,
  account: accountBeside.nullable(),
});

const number = fields.text(60).nullish();

const wish = {
  logged: fields.flag.optional(),
  user_id: z
    .array(fields.id)
    .max(100)
    .optional()
    .describe("The caller of the phone call. Apollo sends a list; the first one counts"),
  contact_id: fields.id.nullish(),
  account_id: fields.id.nullish(),
  opportunity_id: fields.id.nullish(),
  outreach_task_id: fields.id.nullish().describe("Cadenza's own: task of this call"),
  to_number: number,
  from_number: number,
  inbound: fields.flag.optional(),
  direction: z.enum(["inbound", "outbound"]).optional().describe("Same as `inbound`, for Apollo's n8n node"),
  status: z
    .enum([
      ...([
        "queued",
        "ringing",
        "in-progress",
        "completed",
        "no_answer",
        "no-answer",
        "failed",
        "busy",
      ] as const),
      ...(["connected", "left_message", "not_attempted"] as const),
    ])
    .optional()
    .describe(
      "From Apollo's n8n node: `connected` means completed, `left_message` no_answer, `not_attempted` queued",
    ),
  start_time: fields.moment.nullish(),
  called_at: fields.moment.nullish().describe("Same as `start_time`, for Apollo's n8n node"),
  end_time: fields.moment.nullish(),
  duration: z.int().min(0).max(1_000_000).nullish().describe("Seconds; default: from start to end"),
  phone_call_purpose_id: fields.id.nullish(),
  phone_call_outcome_id: fields.id.nullish(),
  note: fields.text(100_000).nullish(),
  recording_url: fields
    .sized(2000)
    .check(z.url({ protocol: /^https?$/ }))
    .nullish(),
};

const ids = z.array(fields.id).max(1000).optional();

const range = <T extends z.ZodType>(bound: T) =>
  z.object({ min: bound.optional(), max: bound.optional() }).optional();

export const phoneCalls = {
  create: endpoint({
    method: "POST",
    path: "/phone_calls",
    scope: "phone_calls/create",
    oauth: "phone_call_write",
    access: "master",
    effect: "write",
    summary: "Log a phone call",
    description: "With a known `call_identifier`, the existing phone call is updated.",
    input: z.object({ ...wish, call_identifier: fields.text(255).nullish() }),
    output: z.strictObject({
      phone_call: phoneCall,
      contact,
      team: z.strictObject({ id: fields.id, phone_calls_finder_empty: z.literal(false) }),
    }),
  }),

  update: endpoint({
    method: "PUT",
    also: ["PATCH"],
    path: "/phone_calls/{id}",
    scope: "phone_calls/update",
    oauth: "phone_call_update",
    access: "master",
    effect: "write",
    summary: "Update a logged phone call",
    input: z.object({ ...wish, id: fields.id }),
    output: z.strictObject({ phone_call: phoneCall, contact }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/phone_calls/{id}",
    scope: "phone_calls/delete",
    access: "master",
    effect: "write",
    summary: "Delete a logged phone call",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ phone_call: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),

  search: endpoint({
    method: "GET",
    also: ["POST"],
    path: "/phone_calls/search",
    scope: "phone_calls/search",
    oauth: "phone_call_search",
    access: "master",
    effect: "read",
    summary: "Search logged phone calls",
    description: "Default order: newest first.",
    input: z.object({
      ...fields.paging,
      date_range: range(fields.moment).describe("By start time; a date includes the whole day"),
      duration: range(fields.whole(-fields.MOST_WHOLE)),
      inbound: z.enum(["incoming", "outgoing"]).optional(),
      user_id: fields.id.optional(),
      user_ids: ids,
      contact_id: fields.id.optional(),
      contact_ids: ids,
      account_id: fields.id.optional(),
      account_ids: ids,
      contact_label_ids: ids,
      phone_call_purpose_ids: ids,
      phone_call_outcome_ids: ids,
      q_keywords: fields.text(200).optional(),
      sort_by_field: fields.text(60).optional().describe("`start_time`, `duration` or `created_at`"),
      sort_ascending: fields.flag.default(false),
    }),
    output: z.strictObject({
      pagination: fields.paginationAsGiven,
      breadcrumbs: z.array(fields.breadcrumb),
      phone_calls: z.array(phoneCall),
      faceting: z.strictObject({}),
      pipeline_total: z.int(),
      num_fetch_result: z.null(),
    }),
  }),
};
