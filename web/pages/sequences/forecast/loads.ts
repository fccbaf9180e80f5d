// What each mailbox is to send on each of the coming days, beside its daily limit.

import type { Forecast } from "./queries.ts";

export type Load = {
  id: string;
  days: { day: string; sends: number }[];
  /** Null: no daily limit. */
  limit: number | null;
  busiest: { day: string; sends: number };
};

type Limited = { id: string; email_daily_threshold: number | null };
type Limits = { email_daily_threshold?: number | null };

export const LOAD_DAYS = 14;

/** The busiest first. By the days of the reader's own clock, the first of which is that of the forecast. */
export function loadsOf(
  { by_mailbox_hour, created_at, what_if }: Pick<Forecast, "by_mailbox_hour" | "created_at" | "what_if">,
  mailboxes: readonly Limited[],
): Load[] {
  const days = daysFrom(new Date(created_at));
  const byMailbox = Map.groupBy(by_mailbox_hour, ({ email_account_id: id }) => id);
  return [...byMailbox]
    .map(([id, hours]) => {
      const sums = new Map(days.map((day) => [day, 0]));
      for (const { hour, sends } of hours) {
        const day = localDay(new Date(hour));
        if (sums.has(day)) sums.set(day, (sums.get(day) ?? 0) + sends);
      }
      const load = [...sums].map(([day, sends]) => ({ day, sends }));
      const busiest = load.reduce((most, one) => (one.sends > most.sends ? one : most));
      return { id, days: load, limit: limitOf(id, what_if, mailboxes), busiest };
    })
    .toSorted((one, other) => other.busiest.sends - one.busiest.sends);
}

/** As the forecast assumed it, else as it is set. */
function limitOf(id: string, whatIf: Forecast["what_if"], mailboxes: readonly Limited[]) {
  const { change_limits: changed = {}, add_mailboxes: added = [] } = whatIf as {
    change_limits?: Record<string, Limits>;
    add_mailboxes?: Limits[];
  };
  if (id.startsWith("new-")) return added[Number(id.slice(4)) - 1]?.email_daily_threshold ?? null;
  const assumed = changed[id]?.email_daily_threshold;
  if (assumed !== undefined) return assumed;
  return mailboxes.find((mailbox) => mailbox.id === id)?.email_daily_threshold ?? null;
}

function daysFrom(start: Date) {
  return Array.from({ length: LOAD_DAYS }, (_, at) =>
    localDay(new Date(start.getFullYear(), start.getMonth(), start.getDate() + at, 12)),
  );
}

/** How high the picture of a mailbox reaches. */
export function topOf({ limit, busiest }: Pick<Load, "limit" | "busiest">) {
  return Math.max(1, limit ?? 0, busiest.sends);
}

export function localDay(at: Date) {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
