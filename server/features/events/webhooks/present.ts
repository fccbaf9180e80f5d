import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { DeliveryRow } from "./deliveries-store.ts";
import type { SubscriptionRow } from "./store.ts";

export function presentSubscription(subscription: SubscriptionRow) {
  return {
    id: subscription.id,
    url: subscription.url,
    types: subscription.types,
    description: subscription.description,
    active: subscription.isActive,
    inactive_reason: subscription.inactiveReason,
    created_by_user_id: subscription.createdBy,
    created_at: stored(subscription.createdAt),
    updated_at: stored(subscription.updatedAt),
  };
}

export function presentDelivery(delivery: DeliveryRow) {
  return {
    event_id: delivery.eventId,
    type: delivery.type,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: storedOrNull(delivery.nextAttemptAt),
    created_at: stored(delivery.createdAt),
    finished_at: storedOrNull(delivery.finishedAt),
    log: delivery.log.map((entry) => ({
      attempt: entry.attempt,
      at: stored(Temporal.Instant.from(entry.at)),
      status_code: entry.statusCode,
      error: entry.error,
      took_ms: entry.tookMs,
    })),
  };
}
