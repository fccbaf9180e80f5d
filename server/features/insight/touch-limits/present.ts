import { fullMinutes } from "../../../domain/basics/limits.ts";
import { type TouchStanding, touchWindow } from "../../../domain/sequences/touches.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";

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
    sentence: say("{scope}: {sent} of {most} in {days, plural, one {# day} other {# days}}.", {
      scope: WHO[scope](key),
      sent: window.sent.toLocaleString("en-US"),
      most: COUNTED[counts](most),
      days,
    }),
  };
}

const COUNTED: Record<TouchStanding["counts"], (most: number) => string> = {
  emails: (most) => say("{most, plural, one {# email} other {# emails}}", { most }),
  touches: (most) => say("{most, plural, one {# touch} other {# touches}}", { most }),
  new_contacts: (most) => say("{most, plural, one {# first email} other {# first emails}}", { most }),
};

const WHO: Record<TouchStanding["scope"], (key: string) => string> = {
  person: () => say("This contact"),
  company: () => say("This company"),
  domain: (key) => say("All contacts at {key}", { key }),
};
