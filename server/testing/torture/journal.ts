// What was killed, and which mails were at their final dot then: released, and their outcome not yet written down.
// The outcome of these cannot be known, nor of mails that the sink itself left without an answer; of all others it
// can. Recorded as soon as the killed process can write nothing more, so that it is exact (I07).

import { setTimeout as sleep } from "node:timers/promises";
import type { Struck } from "../invariants.ts";

type Ask = <Row>(sql: string, params?: unknown[]) => Promise<Row[]>;

/** `killed` never tells how it ended; who fell `asleep`, or lost its `database`, may tell later. */
type What = Struck["what"];

/** Also those of who was taken for dead a moment before, being slow to be heard of. */
const AT_THE_DOT = `
  select m.internet_message_id as id from messages m
   where m.copy_of is null and ($1::text is null or m.engine_id = $1)
     and (m.delivery = 'dot' or (m.delivery = 'unconfirmed' and m.internet_message_id <> all($2::text[]) and exists (
           select from send_attempts a where a.team_id = m.team_id and a.id = m.attempt_id and a.why = 'engine_lost')))`;

/** Connections that may still carry out what they were told before. Each engine's have its id for a name. */
const STILL_WRITING = `
  select count(*)::int as n from pg_stat_activity
   where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
     and case when $1::text is null then usename <> current_user else application_name = $1 end
     and ($2 or state = 'active')`;

const PATIENCE_MS = 3_000;

export class Journal {
  readonly struck: Struck[] = [];
  faults = 0;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** `engineId`: null where there is one engine alone. */
  async note(what: What, engineId: string | null) {
    const fault = ++this.faults;
    if (what !== "database") await this.#untilNothingIsWritten(engineId, what === "killed");
    const known = this.struck.map(({ message_id }) => message_id);
    for (const { id } of await this.#ask<{ id: string }>(AT_THE_DOT, [engineId, known]))
      this.struck.push({ fault, what, message_id: id });
  }

  /** Of the dead every connection ends; those of who sleeps are there, and do nothing. */
  async #untilNothingIsWritten(engineId: string | null, isDead: boolean) {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(5)) {
      const [row] = await this.#ask<{ n: number }>(STILL_WRITING, [engineId, isDead]);
      if (row?.n === 0) return;
    }
  }
}
