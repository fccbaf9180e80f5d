import { plural } from "../basics/clock-words.ts";
import type { BrakeCause, BrakeLevel, BrakeScope } from "./brake-rules.ts";
import type { BrakeFigures } from "./brakes.ts";

const COUNTED: Record<Exclude<BrakeCause, "replies">, string> = {
  bounces: "bounced",
  complaints: "were reported as spam",
  blocks: "were blocked by the reader's provider",
};

/** `6 of 80 emails bounced in 7 days (7.5%, limit 5%)` */
export function figuresSay(
  cause: BrakeCause,
  { sent, count, percent, threshold, days, before }: BrakeFigures,
) {
  if (cause === "replies")
    return `${plural(count, "reply", "replies")} to ${plural(sent, "email")} of ${days} days (${percent}%, before ${before}%; the limit is ${threshold}% fewer)`;
  return `${count} of ${plural(sent, "email")} ${COUNTED[cause]} in ${days} days (${percent}%, limit ${threshold}%)`;
}

export function levelSays(level: BrakeLevel) {
  return level === "paused"
    ? "No emails of its sequences are sent until a user lifts it."
    : "First emails wait until the figures are better. Contacts who already got an email get the next ones.";
}

const OF: Record<BrakeScope, string> = { mailbox: "mailbox", sequence: "sequence", team: "team" };

export type BrakeSaid = {
  scope: BrakeScope;
  name: string | null;
  level: BrakeLevel;
  cause: BrakeCause;
  figures: BrakeFigures;
};

export function brakeSays({ scope, name, level, cause, figures }: BrakeSaid) {
  const whose = scope === "team" ? "The team" : `The ${OF[scope]}${name ? ` ${name}` : ""}`;
  const slows = level === "paused" ? "is paused" : "sends no first emails";
  return `${whose} ${slows}: ${figuresSay(cause, figures)}.`;
}
