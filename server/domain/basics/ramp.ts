// A mailbox that has just begun to send starts with a few emails a day and sends a few more every so many days, up to a ceiling. Its limit
// of today follows from facts alone: how many emails of each day so far came back, or were reported as spam.
//
// A day counts if the mailbox sent on it, and if bounces and reports were few over the week that ends with it. So a ramp stands still on
// days off and in bad weeks. A spam report that comes late takes back the days of its week; a ramp that has reached its ceiling is over.

import { say } from "../../kernel/say.ts";

export type Ramp = { start: number; step: number; everyDays: number; ceiling: number };

/** A day that is over, of the team's calendar. */
export type RampDay = {
  day: string;
  sent: number;
  /** By the server of the recipient, at once. They are among those that bounced. */
  refused: number;
  bounced: number;
  complained: number;
};

export type RampHold = {
  code: "bounces" | "complaints";
  day: string;
  sent: number;
  count: number;
};

type RampStanding = {
  limit: number;
  /** Days that counted. */
  sendingDays: number;
  /** Why the last day on which it sent did not count. */
  hold: RampHold | null;
};

const WEEK = { days: 6 };
const MOST_BOUNCED = 0.03;
/** One bounce says little, and so do shares of fewer emails than these. */
const FEWEST_BOUNCES = 2;
const FEWEST_SENT = 20;

export function rampOn(ramp: Ramp, days: readonly RampDay[]): RampStanding {
  const sending = days
    .filter(({ sent }) => sent > 0)
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  const held = sending.map((day) => holdOn(day, sending));
  const sendingDays = held.filter((hold) => hold === null).length;
  return { limit: rampLimit(ramp, sendingDays), sendingDays, hold: held.at(-1) ?? null };
}

/** After so many days that counted. */
export function rampLimit({ start, step, everyDays, ceiling }: Ramp, sendingDays: number) {
  return Math.min(ceiling, start + step * Math.floor(sendingDays / everyDays));
}

function holdOn({ day }: RampDay, days: readonly RampDay[]): RampHold | null {
  const from = Temporal.PlainDate.from(day).subtract(WEEK).toString();
  const week = days.filter((one) => one.day >= from && one.day <= day);
  const sum = (count: (one: RampDay) => number) => week.reduce((all, one) => all + count(one), 0);
  const sent = sum((one) => one.sent + one.refused);
  const bounced = sum((one) => one.bounced);
  const complained = sum((one) => one.complained);
  if (complained > 0) return { code: "complaints", day, sent, count: complained };
  const isMuch = bounced >= FEWEST_BOUNCES && sent >= FEWEST_SENT && bounced / sent >= MOST_BOUNCED;
  return isMuch ? { code: "bounces", day, sent, count: bounced } : null;
}

/** `+2 a day up to 50` */
export function rampWords({ step, everyDays, ceiling }: Ramp) {
  return say("+{step} {everyDays, plural, one {a day} other {every {everyDays} days}} up to {ceiling}", {
    step,
    everyDays,
    ceiling,
  });
}

export function rampHoldSays({ code, day, sent, count }: RampHold) {
  const what =
    code === "bounces"
      ? say("{count, plural, one {# bounce} other {# bounces}}", { count })
      : say("{count, plural, one {# spam report} other {# spam reports}}", { count });
  return say(
    "The ramp does not grow: {what} among {sent, plural, one {# email} other {# emails}} in the week until {day}.",
    { what, sent, day },
  );
}
