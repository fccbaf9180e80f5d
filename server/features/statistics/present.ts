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
    unique_opened_unfiltered: metrics.opened,
    unique_clicked_unfiltered: metrics.clicked,
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

export function presentTouchRates(metrics: Metrics) {
  const { opened, clicked, delivered } = metrics;
  const openTracked = share(opened, metrics.deliveredOpenTracked);
  const clickTracked = share(clicked, metrics.deliveredClickTracked);
  return {
    open_rate_unfiltered: share(opened, delivered),
    open_rate_tracked: openTracked,
    open_rate_unfiltered_tracked: openTracked,
    click_rate_unfiltered: share(clicked, delivered),
    click_rate_tracked: clickTracked,
    click_rate_unfiltered_tracked: clickTracked,
  };
}

// A late open can outrun a delivery that was never confirmed as tracked; more than everything is everything.
function share(part: number, whole: number) {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
