// What came of a mailbox's emails in the last 30 days, and what Apollo prints of warming up.

import { z } from "zod";
import * as fields from "../fields.ts";

const nothing = z.null();
const count = z.int();
const share = z.int().describe("Whole percent");

export const deliverability = z.strictObject({
  _id: fields.id,
  id: fields.id,
  key: fields.id,
  email_account_id: fields.id,
  team_id: fields.id,
  user_id: fields.id,
  created_at: fields.stamp,
  updated_at: fields.stamp,
  date_from: fields.stamp,
  date_to: fields.stamp,
  avg_daily_sent: count,
  avg_delivered_rate: share,
  avg_hard_bounce_rate: share,
  avg_spam_block_rate: share,
  avg_open_rate: share,
  avg_click_rate: share,
  avg_reply_rate: share,
  avg_unsubscribe_rate: share,
  sum_sent_count: count,
  sum_delivered_count: count,
  sum_opened_count: count,
  sum_clicked_count: count,
  sum_replied_count: count,
  sum_hard_bounced_count: count,
  sum_spam_blocked_count: count,
  sum_unsubscribed_count: count,
  click_rate_score: nothing,
  daily_email_sent_score: nothing,
  deliverability_score: nothing,
  domain_health_score: nothing,
  email_account_domain_age_score: nothing,
  hard_bounce_score: nothing,
  open_rate_score: nothing,
  reply_rate_score: nothing,
  spam_block_score: nothing,
  unsubscribe_rate_score: nothing,
  random: nothing,
  concurrency_locks: nothing,
});

/** Of Apollo's two ways of warming up. Cadenza's ramp is beside them, as `true_warmup_enabled` and the limit of the day. */
export const warming = {
  mailwarming_max: nothing,
  mailwarming_to_send_daily: nothing,
  mailwarming_to_send_incrementor: nothing,
  mailwarming_status: nothing,
  mailwarming_eta: nothing,
  mailwarming_subject_token: nothing,
  mailwarming_score: nothing,
  mailwarming_score_banner: nothing,
  mailwarming_on_weekdays_only: nothing,
  true_warmup_status: nothing,
  true_warmup_approximate_end_date: nothing,
  true_warmup_last_throttled_at: nothing,
  true_warmup_enable_thresholds: z.literal(false),
  true_warmup_thresholds: z.strictObject({
    open_rate: nothing,
    reply_rate: nothing,
    bounce_rate: nothing,
    spam_block_rate: nothing,
  }),
};
