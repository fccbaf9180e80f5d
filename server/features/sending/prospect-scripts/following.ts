// What recipients do in a sandbox: a list of entries, of which the first that matches an email counts. Facts in, verdict out.
// A share of people is drawn from their addresses, so that the same people do the same in every run.

import { createHash } from "node:crypto";

export type ProspectAction =
  | "reply"
  | "out_of_office"
  | "auto_reply"
  | "hard_bounce"
  | "soft_bounce"
  | "unsubscribe"
  | "one_click"
  | "complain"
  | "open"
  | "click"
  | "forward"
  | "nothing";

type Match = { email?: string; domain?: string; label?: string; share?: number; step?: number };

export type Prospect = {
  match: Match;
  does: ProspectAction;
  afterSeconds: number;
  text: string | null;
  untilDay: Temporal.PlainDate | null;
};

type ArrivedMail = { to: string; step: number | null; labels: readonly string[] };

/** Null: nothing happens. */
export function whatFollows(prospects: readonly Prospect[], mail: ArrivedMail): Prospect | null {
  const found = prospects.find(({ match }, position) => matches(match, mail, position));
  return found && found.does !== "nothing" ? found : null;
}

function matches({ email, domain, label, share, step }: Match, mail: ArrivedMail, position: number) {
  const to = mail.to.trim().toLowerCase();
  if (email !== undefined && email.trim().toLowerCase() !== to) return false;
  if (domain !== undefined && domain.trim().toLowerCase() !== to.slice(to.lastIndexOf("@") + 1)) return false;
  if (label !== undefined && !mail.labels.some((one) => one.toLowerCase() === label.trim().toLowerCase()))
    return false;
  if (step !== undefined && mail.step !== step) return false;
  return share === undefined || drawn(to, position) * 100 < share;
}

/** From 0 up to, not including, 1. Entries draw apart: who is among the first fifth of one may be among the last of another. */
function drawn(address: string, position: number) {
  const digest = createHash("sha256").update(`sandbox prospect ${position} ${address}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

const HOUR = 3_600;
const entry = (
  share: number,
  does: ProspectAction,
  afterSeconds: number,
  rest: Partial<Prospect> = {},
): Prospect => ({
  match: { share },
  does,
  afterSeconds,
  text: null,
  untilDay: null,
  ...rest,
});

/** Shares are taken of those that the entries before left over. */
export const PRESETS = {
  silent: () => [],
  lively: () => [
    entry(5, "hard_bounce", 60),
    entry(8, "out_of_office", 120),
    entry(20, "reply", 5 * HOUR, { text: "Thanks, this sounds interesting. Let's talk on Tuesday." }),
    entry(10, "reply", 26 * HOUR, { text: "Thank you, but we are not interested." }),
    entry(5, "unsubscribe", 2 * HOUR),
    entry(40, "open", HOUR),
  ],
  hostile: () => [
    entry(15, "hard_bounce", 60),
    entry(10, "soft_bounce", 90),
    entry(5, "complain", 3 * HOUR),
    entry(20, "unsubscribe", 2 * HOUR),
    entry(10, "one_click", HOUR),
    entry(20, "reply", 4 * HOUR, { text: "Stop writing to me. Take me off your list." }),
  ],
  holiday_season: (now: Temporal.Instant) => [
    entry(60, "out_of_office", 60, {
      untilDay: now.toZonedDateTimeISO("UTC").toPlainDate().add({ days: 14 }),
    }),
    entry(15, "auto_reply", 60),
    entry(10, "reply", 48 * HOUR, { text: "Happy new year! Write to me again in January." }),
  ],
} as const satisfies Record<string, (now: Temporal.Instant) => Prospect[]>;
