// Mailboxes that are read by a provider's API, for tests that ask the same of each provider.

import type { usingTokens } from "./api-mailboxes.ts";
import { type Mailed, mailed } from "./incoming.ts";
import { until } from "./sending.ts";

type Using = Pick<Awaited<ReturnType<typeof usingTokens>>, "world" | "team" | "sql" | "wish">;
type Row = { content_key: string; subject: string | null; tied_by: string | null };

export type Reader = Mailed;

export function readingByApi({ world, team, sql, wish }: Using) {
  async function readOf({ mailboxId }: Reader) {
    await sql("update mailboxes set reading_at = null where id = $1 and reading_engine is null", [mailboxId]);
    const { rows } = await sql("select * from incoming_mails where mailbox_id = $1 order by received_at", [
      mailboxId,
    ]);
    return rows as Row[];
  }
  return {
    readOf,
    /** A contact who was mailed from a mailbox of their own. */
    person: (): Promise<Reader> => mailed(world, team(), { mailbox: { ...wish(), smtp: undefined } }),
    allRead: (one: Reader, count: number) =>
      until(async () => {
        const rows = await readOf(one);
        return rows.length >= count && rows;
      }),
    hasStopped: ({ contactId }: Reader) =>
      until(async () => {
        const { rows } = await sql("select state from enrollments where contact_id = $1", [contactId]);
        return rows[0].state === "finished";
      }),
  };
}
