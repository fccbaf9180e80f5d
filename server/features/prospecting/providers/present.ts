import type { ProviderAnswer } from "../../../domain/prospecting/provider-answers.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { ProviderRow, Report } from "./store.ts";

export function presentProvider(one: ProviderRow, report: Report | undefined) {
  return {
    id: one.id,
    name: one.name,
    kind: one.kind,
    position: one.position,
    base_url: one.baseUrl,
    mapping: one.mapping,
    enabled: one.isEnabled,
    timeout_ms: one.timeoutMs,
    retries: one.retries,
    price: one.price,
    ceiling: one.ceiling,
    heeds_request_ids: one.heedsRequestIds,
    paused_until: storedOrNull(one.pausedUntil),
    created_at: stored(one.createdAt),
    last_30_days: {
      asked: report?.asked ?? 0,
      hits: report?.hits ?? 0,
      misses: report?.misses ?? 0,
      failed: report?.failed ?? 0,
      lost: report?.lost ?? 0,
      credits: report?.credits ?? 0,
      median_ms: report?.medianMs ?? null,
    },
  };
}

const SHOWN = [
  "firstName",
  "lastName",
  "title",
  "email",
  "organizationName",
  "name",
  "domain",
  "industry",
] as const;

/** A few words of what was found, to see whether a mapping fits. */
export function presentTriedProvider(answer: ProviderAnswer) {
  const found = answer.outcome === "hit" ? (answer.person ?? answer.organization) : null;
  const facts = (found ?? {}) as Record<string, unknown>;
  return {
    outcome: answer.outcome,
    error: answer.outcome === "failed" ? answer.error : null,
    took_ms: answer.tookMs,
    found:
      found &&
      Object.fromEntries(SHOWN.flatMap((key) => (typeof facts[key] === "string" ? [[key, facts[key]]] : []))),
  };
}
