import { plural } from "../../../domain/basics/clock-words.ts";
import { fullMinutes } from "../../../domain/basics/limits.ts";
import { type TouchStanding, touchWindow } from "../../../domain/sequences/touches.ts";
import { storedOrNull } from "../../../kernel/moments.ts";

export function presentTouchStanding(standing: TouchStanding, now: Temporal.Instant) {
  const { scope, counts, most, days, key, window } = standing;
  const full = fullMinutes(window, touchWindow(standing));
  const isFull = full?.freeAt && Temporal.Instant.compare(full.freeAt, now) > 0;
  return {
    scope,
    counts,
    most,
    days,
    domain: scope === "domain" ? key : null,
    touches: window.sent,
    free_at: storedOrNull(isFull ? full.freeAt : null),
    sentence: `${WHO[scope](key)}: ${window.sent.toLocaleString("en-US")} of ${plural(most, ...COUNTED[counts])} in ${plural(days, "day")}.`,
  };
}

const COUNTED: Record<TouchStanding["counts"], [one: string, more: string]> = {
  emails: ["email", "emails"],
  touches: ["touch", "touches"],
  new_contacts: ["first email", "first emails"],
};

const WHO: Record<TouchStanding["scope"], (key: string) => string> = {
  person: () => "This contact",
  company: () => "This company",
  domain: (key) => `All contacts at ${key}`,
};
