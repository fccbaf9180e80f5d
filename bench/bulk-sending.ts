// A sequence that sends twenty mails a second while others are changed, half of them from the mailbox of the sequence that is
// changed. What counts is the longest time in which none of them arrived.

import { readFileSync } from "node:fs";
import type pg from "pg";
import type { Ground, Sequence } from "./bulk-rows.ts";

const A_SECOND = 20;
const AHEAD_MS = 2_000;
export const OTHERS = "others.example";

export type Stream = {
  /** The longest gap between two mails from one moment to another, in milliseconds. */
  longestGap(from: number, to: number): number;
  stop(): Promise<void>;
};

export function startStream(
  owner: pg.Client,
  ground: Ground,
  sequence: Sequence,
  contacts: readonly string[],
  file: string,
): Stream {
  const waiting = [...contacts];
  let isOver = false;
  const feed = async () => {
    for (let next = Date.now(); !isOver && waiting.length > 0; next += 1_000) {
      await owner.query(
        `insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, send_from_email,
                added_at, due_at, updated_at)
         select $1::ident, new_ident(), $2::ident, c.id, 'active', $3::ident, ($4::text[])[1 + c.n % 2],
                'bulk' || c.n % 2 || '@bench.example', now(), to_timestamp($6::float8 / 1000) + c.n * $7::float8 * interval '1 second', now()
           from unnest($5::text[]) with ordinality as c (id, n)`,
        [
          ...[ground.teamId, sequence.id, sequence.steps[0], ground.mailboxes],
          ...[waiting.splice(0, A_SECOND), next + AHEAD_MS, 1 / A_SECOND],
        ],
      );
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, next + 1_000 - Date.now())));
    }
  };
  const feeding = feed();
  return {
    longestGap(from, to) {
      const times = arrivals(file).filter((at) => at >= from && at <= to);
      const marks = [from, ...times, to];
      return Math.max(...marks.slice(1).map((at, n) => at - (marks[n] ?? at)));
    },
    async stop() {
      isOver = true;
      await feeding;
    },
  };
}

function arrivals(file: string) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes(`@${OTHERS}`))
    .map((line) => Date.parse((JSON.parse(line) as { at: string }).at))
    .sort((a, b) => a - b);
}
