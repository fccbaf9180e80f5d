// What became of a mailbox's emails, in Apollo's words. Shares are whole percents, as Apollo's are.

import { stored } from "../../../kernel/moments.ts";
import type { Deliverability } from "../mailbox-figures/deliverability-store.ts";
import type { MailboxRow } from "./store.ts";

const NOTHING = {
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  hardBounced: 0,
  spamBlocked: 0,
  unsubscribed: 0,
};

/** Apollo's points are its own judgement; Cadenza names what it has counted and gives no marks. */
const NO_SCORES = {
  click_rate_score: null,
  daily_email_sent_score: null,
  deliverability_score: null,
  domain_health_score: null,
  email_account_domain_age_score: null,
  hard_bounce_score: null,
  open_rate_score: null,
  reply_rate_score: null,
  spam_block_score: null,
  unsubscribe_rate_score: null,
  random: null,
  concurrency_locks: null,
};

export function presentDeliverability(
  teamId: string,
  { id, userId, createdAt }: Pick<MailboxRow, "id" | "userId" | "createdAt">,
  counted: Omit<Deliverability, "id"> = NOTHING,
  { now, days }: { now: Temporal.Instant; days: number },
) {
  const until = wholeHour(now);
  const ofSent = (part: number) => percent(part, counted.sent);
  const ofDelivered = (part: number) => percent(part, counted.delivered);
  return {
    _id: id,
    id,
    key: id,
    email_account_id: id,
    team_id: teamId,
    user_id: userId,
    ...NO_SCORES,
    created_at: stored(createdAt),
    updated_at: stored(until.subtract({ hours: 1 })),
    date_from: stored(until.subtract({ hours: days * 24 })),
    date_to: stored(until),
    avg_daily_sent: Math.round(counted.sent / days),
    avg_delivered_rate: ofSent(counted.delivered),
    avg_hard_bounce_rate: ofSent(counted.hardBounced),
    avg_spam_block_rate: ofSent(counted.spamBlocked),
    avg_open_rate: ofDelivered(counted.opened),
    avg_click_rate: ofDelivered(counted.clicked),
    avg_reply_rate: ofDelivered(counted.replied),
    avg_unsubscribe_rate: ofDelivered(counted.unsubscribed),
    sum_sent_count: counted.sent,
    sum_delivered_count: counted.delivered,
    sum_opened_count: counted.opened,
    sum_clicked_count: counted.clicked,
    sum_replied_count: counted.replied,
    sum_hard_bounced_count: counted.hardBounced,
    sum_spam_blocked_count: counted.spamBlocked,
    sum_unsubscribed_count: counted.unsubscribed,
  };
}

/** To the hour, so that an answer in which nothing has changed is the same and has the same ETag. */
function wholeHour(now: Temporal.Instant) {
  return now.round({ smallestUnit: "hour", roundingMode: "ceil" });
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 100));
