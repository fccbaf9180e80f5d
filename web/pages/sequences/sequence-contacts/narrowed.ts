// Whom the address narrows the list to: a state, a view, a reason, words.

import type { Address } from "../../../parts/address.ts";
import type { Narrowed } from "./queries.ts";

export const STATES = ["active", "paused", "finished", "failed"] as const;
export const VIEWS = ["bounced", "spam_blocked", "not_sent"] as const;

export function narrowedBy({ status, reason, q }: Address): Narrowed {
  const state = STATES.find((one) => one === status);
  const view = VIEWS.find((one) => one === status);
  return {
    ...(state && { statuses: [state] }),
    ...(view && { views: [view] }),
    ...(reason && { reasons: [reason] }),
    ...(q && { q_keywords: q }),
  };
}
