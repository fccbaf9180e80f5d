import type { Metrics } from "./store.ts";

/** Counts, and rates as shares of 1. Nothing sent or delivered makes a rate of 0. */
export function presentMetrics(metrics: Metrics) {
  const { sent, delivered } = metrics;
  const spamBlockRate = share(metrics.spamBlocked, sent);
  return {
    unique_scheduled: metrics.scheduled,
    unique_delivered: delivered,
    unique_bounced: metrics.bounced,
    unique_hard_bounced: metrics.hardBounced,
    unique_spam_blocked: metrics.spamBlocked,
    unique_opened: metrics.opened,
    unique_clicked: metrics.clicked,
    unique_replied: metrics.replied,
    unique_demoed: metrics.demoed,
    unique_unsubscribed: metrics.unsubscribed,
    unique_opened_unfiltered: metrics.openedUnfiltered,
    unique_clicked_unfiltered: metrics.clickedUnfiltered,
    unique_delivered_open_tracked: metrics.deliveredOpenTracked,
    unique_delivered_click_tracked: metrics.deliveredClickTracked,
    bounce_rate: share(metrics.bounced, sent),
    hard_bounce_rate: share(metrics.hardBounced, sent),
    spam_block_rate: spamBlockRate,
    spam_blocked_rate: spamBlockRate,
    open_rate: share(metrics.opened, delivered),
    click_rate: share(metrics.clicked, delivered),
    reply_rate: share(metrics.replied, delivered),
    opt_out_rate: share(metrics.unsubscribed, delivered),
    demo_rate: share(metrics.demoed, delivered),
  };
}

/** Tracked: of those mails alone whose opens, or clicks, can be known. */
export function presentTouchRates(metrics: Metrics) {
  const { delivered, deliveredOpenTracked, deliveredClickTracked } = metrics;
  return {
    open_rate_unfiltered: share(metrics.openedUnfiltered, delivered),
    open_rate_tracked: share(metrics.openedTracked, deliveredOpenTracked),
    open_rate_unfiltered_tracked: share(metrics.openedUnfilteredTracked, deliveredOpenTracked),
    click_rate_unfiltered: share(metrics.clickedUnfiltered, delivered),
    click_rate_tracked: share(metrics.clickedTracked, deliveredClickTracked),
    click_rate_unfiltered_tracked: share(metrics.clickedUnfilteredTracked, deliveredClickTracked),
  };
}

// Late opt-outs and answers come from mails that bounced, too; more than everything is everything.
function share(part: number, whole: number) {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
