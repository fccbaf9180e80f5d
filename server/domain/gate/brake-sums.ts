// What a mailbox, a sequence or the team sent, day by day, added up so that any span of days is one subtraction. A simulation asks for
// each of 90 days, and reads the days once.

/** What was sent within 24 hours, so many days before, by one mailbox in one sequence. */
export type SendingDay = {
  ago: number;
  mailboxId: string | null;
  /** Null: emails that a user wrote outside of any sequence. */
  sequenceId: string | null;
  /** How many of the given moments lay before it: of brakes that were lifted (features/gate/brakes). */
  era: number;
  sent: number;
  bounced: number;
  complained: number;
  blocked: number;
  /** Within three days of being sent. */
  answered: number;
};

/** `asked` and `answered`: emails of sequences. A single email to an acquaintance is answered more often, and says nothing of a list. */
type Figure = "sent" | "bounced" | "complained" | "blocked" | "asked" | "answered";

/** At n: of less than n days ago. */
type Sums = Record<Figure, Float64Array>;

/** `counted`: since a user last lifted a brake of it, or all where none was lifted. */
export type DaySums = { all: Sums; counted: Sums };

export function addUp(days: readonly SendingDay[], era = 0): DaySums {
  const length = days.reduce((most, { ago }) => Math.max(most, ago), 0) + 2;
  const all = sumsOf(days, length);
  return {
    all,
    counted:
      era === 0
        ? all
        : sumsOf(
            days.filter((day) => day.era >= era),
            length,
          ),
  };
}

function sumsOf(days: readonly SendingDay[], length: number): Sums {
  const empty = () => new Float64Array(length);
  const sums: Sums = {
    sent: empty(),
    bounced: empty(),
    complained: empty(),
    blocked: empty(),
    asked: empty(),
    answered: empty(),
  };
  const add = (figure: Figure, at: number, count: number) => {
    sums[figure][at] = (sums[figure][at] ?? 0) + count;
  };
  for (const { ago, sequenceId, sent, bounced, complained, blocked, answered } of days) {
    add("sent", ago + 1, sent);
    add("bounced", ago + 1, bounced);
    add("complained", ago + 1, complained);
    add("blocked", ago + 1, blocked);
    if (sequenceId === null) continue;
    add("asked", ago + 1, sent);
    add("answered", ago + 1, answered);
  }
  for (const figure of Object.values(sums))
    for (let n = 1; n < length; n++) figure[n] = (figure[n] ?? 0) + (figure[n - 1] ?? 0);
  return sums;
}

/** Of the days from so many days ago on, and before so many days ago. */
export function between(sums: Sums, figure: Figure, from: number, until: number) {
  const column = sums[figure];
  const at = (n: number) => column[Math.min(n, column.length - 1)] ?? 0;
  return at(until) - at(from);
}
