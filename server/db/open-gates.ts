// Waits until the gates end that were open when a rule of sending was changed.

import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";

/** What a gate said half a minute ago lets nothing go any more (engine/sending/send-mails.ts). */
const GATES_END_WITHIN_MS = 31_000;

const LOOK_AGAIN_MS = 3;

/** Those that were open when it was committed. Whichever opens later reads what was committed. */
export async function outwaitGates(client: pg.ClientBase, teamId: string) {
  const ask = async () => {
    const { rows } = await client.query<{ gate: string }>(OPEN_GATES, [teamId]);
    return rows.map(({ gate }) => gate);
  };
  let open = await ask();
  for (const end = performance.now() + GATES_END_WITHIN_MS; open.length > 0 && performance.now() < end; ) {
    await pause(LOOK_AGAIN_MS);
    const still = new Set(await ask());
    open = open.filter((gate) => still.has(gate));
  }
}

const OPEN_GATES = "select open_gates($1) as gate";
