import { plural } from "../../domain/clock-words.ts";
import { fullMinutes } from "../../domain/limits.ts";
import { lengthOf, type TouchStanding } from "../../domain/touches.ts";
import { storedOrNull } from "../../moments.ts";

export function presentTouchStanding(standing: TouchStanding, now: Temporal.Instant) {
  const { scope, counts, most, days, key, window } = standing;
  const full = fullMinutes(window, lengthOf(standing));
  const isFull = full?.freeAt && Temporal.Instant.compare(full.freeAt, now) > 0;
  return {
    ...{ scope, counts, most, days },
    domain: scope === "domain" ? key : null,
    touches: window.sent,
    free_at: storedOrNull(isFull ? full.freeAt : null),
    sentence: `${WHO[scope](key)}: ${window.sent.toLocaleString("en-US")} of ${plural(most, counts === "emails" ? "mail" : "touch", counts === "emails" ? "mails" : "touches")} in ${plural(days, "day")}.`,
  };
}

const WHO: Record<TouchStanding["scope"], (key: string) => string> = {
  person: () => "This person",
  company: () => "Their company",
  domain: (key) => `Everybody at ${key}`,
};
