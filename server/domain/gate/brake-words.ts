import { say, texts } from "../../kernel/say.ts";
import type { BrakeCause, BrakeLevel, BrakeScope } from "./brake-rules.ts";
import type { BrakeFigures } from "./brakes.ts";

const COUNTED: Record<Exclude<BrakeCause, "replies">, string> = texts({
  bounces: "bounced",
  complaints: "were reported as spam",
  blocks: "were blocked by the reader's provider",
});

/** `6 of 80 emails bounced in 7 days (7.5%, limit 5%)` */
export function figuresSay(
  cause: BrakeCause,
  { sent, count, percent, threshold, days, before }: BrakeFigures,
) {
  if (cause === "replies")
    return say(
      "{count, plural, one {# reply} other {# replies}} to {sent, plural, one {# email} other {# emails}} of {days} days ({percent, number}%, before {before, number}%; the limit is {threshold, number}% fewer)",
      { count, sent, days, percent, before, threshold },
    );
  return say(
    "{count} of {sent, plural, one {# email} other {# emails}} {cause} in {days} days ({percent, number}%, limit {threshold, number}%)",
    { count, sent, cause: COUNTED[cause], days, percent, threshold },
  );
}

export function levelSays(level: BrakeLevel) {
  return level === "paused"
    ? say("No emails of its sequences are sent until a user lifts it.")
    : say(
        "First emails wait until the figures are better. Contacts who already got an email get the next ones.",
      );
}

export type BrakeSaid = {
  scope: BrakeScope;
  name: string | null;
  level: BrakeLevel;
  cause: BrakeCause;
  figures: BrakeFigures;
};

export function brakeSays({ scope, name, level, cause, figures }: BrakeSaid) {
  return say(
    "{scope, select, team {The team} mailbox {The mailbox{name}} other {The sequence{name}}} {level, select, paused {is paused} other {sends no first emails}}: {figures}.",
    { scope, name: name ? ` ${name}` : "", level, figures: figuresSay(cause, figures) },
  );
}
