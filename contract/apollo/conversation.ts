// A recorded meeting or call: as searches list it, and whole.

import { z } from "zod";
import * as fields from "../fields.ts";

export const TYPES = ["video_conference", "phone_call"] as const;
const STATES = ["scheduled", "completed", "failed"] as const;

export const participant = z.strictObject({
  name: z.string().nullable(),
  email: z.string().nullable(),
  user_id: fields.id.nullable(),
  contact_id: fields.id.nullable(),
});

const same = {
  id: fields.id,
  topic: z.string().nullable(),
  start_time: fields.stamp,
  duration: z.int().nullable().describe("Seconds"),
  state: z.enum(STATES).describe("`scheduled` before it begins, `failed` with a `failure_code`"),
  host: z.string().nullable(),
  host_id: fields.id.nullable(),
  is_private: z.boolean(),
  conversation_type: z.enum(TYPES),
  comment_count: z.int().describe("Notes that belong to it"),
  account_ids: z.array(fields.id).describe("Its own company and those of the contacts who took part"),
  external_id: z.string().nullable().describe("Cadenza's own: what the recording program calls it"),
  source: z.string().describe("Cadenza's own: the program that recorded it"),
};

export const listedConversation = z.strictObject({
  ...same,
  can_access_conversation: z.literal(true),
  label_id_names: z.record(z.string(), z.string()).describe("Its tags: names by id"),
  participant_names: z.array(z.string()),
  account_names: z.array(z.string()),
  organization: z.strictObject({ domain: z.string().nullable(), logo_url: z.string().nullable() }).nullable(),
  participants_info: z.array(participant),
  thumbnail_url: z.string().nullable(),
  is_internal: z.boolean().describe("Only users of the team took part"),
  deals: z.array(
    z.strictObject({
      id: fields.id,
      account_name: z.string().nullable(),
      name: z.string(),
      opportunity_stage_id: fields.id.nullable(),
    }),
  ),
});

const transcriptLine = z.strictObject({
  speaker: z.string().nullable(),
  user_id: fields.id.nullable(),
  contact_id: fields.id.nullable(),
  start_time: z.number().nullable().describe("Seconds from the beginning"),
  end_time: z.number().nullable(),
  text: z.string(),
});

const deal = z.strictObject({
  id: fields.id,
  name: z.string(),
  amount: z.number().nullable(),
  closed_date: fields.stamp.nullable(),
  created_at: fields.stamp,
  last_sync: z.null(),
  account: fields.named.nullable(),
  crm_record_url: z.null(),
  opportunity_crm_id: z.string().nullable(),
  opportunity_stage_id: fields.id.nullable(),
  stage_name: z.string().nullable(),
  owner_id: fields.id.nullable(),
  initial_opportunity_stage_id: z.null(),
});

export const conversation = z.strictObject({
  ...same,
  pushed_to_crm: z.literal(false),
  label_id_names: z.array(z.strictObject({ id: fields.id, name: z.string() })).describe("Its tags"),
  is_shared_conversation: z.literal(false),
  opportunity_ids: z.array(fields.id),
  failure_code: z.string().nullable(),
  bot_call_ended_reason: z.null(),
  is_clip: z.literal(false),
  video_recording: z
    .strictObject({ type_cd: z.literal("link"), url: z.string(), state_cd: z.literal("available") })
    .nullable(),
  audio_recording: z.strictObject({ url: z.string() }).nullable(),
  transcript: z.array(transcriptLine),
  participants: z.strictObject({
    internal: z.array(participant),
    external: z
      .record(z.string(), z.array(participant))
      .describe("By company, else by domain, else `Unknown`"),
  }),
  opportunities: z.array(deal),
  playlist_clip_ids: z.array(z.never()),
});
