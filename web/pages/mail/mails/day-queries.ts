// The emails of one day, by the clock of the browser or of the team.

import { infiniteQueryOptions } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type WentOrCame = "sent" | "planned" | "replied" | "bounced" | "unsubscribed";

export type DayWish = {
  /** `planned`: what is due by the end of the day, since limits decide what of it goes out on which day. */
  what: WentOrCame;
  /** 2026-11-20 */
  date: string;
  /** By whose clock the day was counted; the browser's, unless said. */
  clock?: "utc";
  /** Of these mailboxes; null: of all. */
  mailboxIds: readonly string[] | null;
};

type DayRow = {
  id: string;
  at: string | null;
  name: string | null;
  subject: string | null;
  href: string | null;
};

/** `total` null: the server does not say. */
type DayPage = { rows: DayRow[]; total: number | null };

const PAGE = 25;

export const dayQuery = (wish: DayWish) =>
  infiniteQueryOptions({
    queryKey: ["mails", "of-day", wish],
    queryFn: ({ pageParam, signal }): Promise<DayPage> =>
      wish.what === "sent" || wish.what === "planned"
        ? mailsOn(wish, pageParam, signal)
        : cameOn(wish, pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: ({ rows }, pages) => (rows.length === PAGE ? pages.length + 1 : undefined),
  });

/** From midnight to midnight. */
function rangeOf({ date, clock }: DayWish) {
  const from = new Date(`${date}T00:00:00${clock === "utc" ? "Z" : ""}`);
  const until = new Date(from);
  if (clock === "utc") until.setUTCDate(from.getUTCDate() + 1);
  else until.setDate(from.getDate() + 1);
  return { min: from.toISOString(), max: until.toISOString() };
}

async function mailsOn(wish: DayWish, page: number, signal: AbortSignal) {
  const { what, mailboxIds } = wish;
  const { emailer_messages } = await api.emailerMessages.search(
    {
      page,
      per_page: PAGE,
      emailer_message_date_range_mode: what === "sent" ? "completed_at" : "due_at",
      ...(what === "planned" && { emailer_message_stats: ["scheduled"] }),
      emailer_message_date_range: what === "sent" ? rangeOf(wish) : { max: rangeOf(wish).max },
      ...(mailboxIds && { email_account_id_and_aliases: [...mailboxIds] }),
    },
    { signal },
  );
  const rows = emailer_messages.map(
    ({ id, completed_at, due_at, to_name, to_email, subject, contact_id }): DayRow => ({
      id,
      at: completed_at ?? due_at,
      name: to_name || to_email,
      subject,
      href: contact_id && `/contacts/${contact_id}`,
    }),
  );
  return { rows, total: null };
}

const KINDS = {
  replied: ["reply"],
  bounced: ["bounce"],
  unsubscribed: ["unsubscribe", "complaint"],
} as const;

async function cameOn(wish: DayWish, page: number, signal: AbortSignal) {
  const { what, mailboxIds } = wish;
  if (what === "sent" || what === "planned") return { rows: [], total: 0 };
  const { incoming_mails, pagination } = await api.incomingMails.list(
    {
      page,
      per_page: PAGE,
      kinds: [...KINDS[what]],
      about_us: true,
      received_range: rangeOf(wish),
      ...(what === "replied" && { counts_as_response: true }),
      ...(mailboxIds && { email_account_ids: [...mailboxIds] }),
    },
    { signal },
  );
  const rows = incoming_mails.map(
    ({ id, received_at, contact, from_name, from_email, subject }): DayRow => ({
      id,
      at: received_at,
      name: contact?.name ?? from_name ?? from_email,
      subject,
      href: `/inbox?tab=all&owner=all&open=${id}`,
    }),
  );
  return { rows, total: pagination.total_entries };
}
