// What became of the mails of a sequence or of one variant: counts, and shares of 1.

import { z } from "zod";

export const metrics = {
  unique_scheduled: z.int(),
  unique_delivered: z.int(),
  unique_bounced: z.int(),
  unique_hard_bounced: z.int(),
  unique_spam_blocked: z.int(),
  unique_opened: z.int(),
  unique_clicked: z.int(),
  unique_replied: z.int(),
  unique_demoed: z.int(),
  unique_unsubscribed: z.int(),
  unique_opened_unfiltered: z.int(),
  unique_clicked_unfiltered: z.int(),
  unique_delivered_open_tracked: z.int(),
  unique_delivered_click_tracked: z.int(),
  bounce_rate: z.number(),
  hard_bounce_rate: z.number(),
  open_rate: z.number(),
  click_rate: z.number(),
  reply_rate: z.number(),
  spam_block_rate: z.number(),
  spam_blocked_rate: z.number(),
  opt_out_rate: z.number(),
  demo_rate: z.number(),
};

/** The further rates Apollo prints for one variant. */
export const touchRates = {
  open_rate_unfiltered: z.number(),
  open_rate_tracked: z.number(),
  open_rate_unfiltered_tracked: z.number(),
  click_rate_unfiltered: z.number(),
  click_rate_tracked: z.number(),
  click_rate_unfiltered_tracked: z.number(),
};
