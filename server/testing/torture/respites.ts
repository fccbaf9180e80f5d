// A contact asks for a pause at the very moment a mail of theirs waits at the gate. A mail released before the answer
// may arrive. After it none does, and the mail waits for the end of the pause.

import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "../patience.ts";
import { call } from "../wire.ts";
import type { Arena } from "./arena.ts";
import { fault } from "./fault.ts";
import { AT_THE_GATE, type EnrolledContact, MOOD } from "./stops.ts";

export const respites = fault({
  name: "a pause that is asked for by the link in a mail, racing the gate",
  unit: "times",
  short: 3,
  full: 500,
  portion: 25,
  mood: MOOD,
  mayWait: true,
  async strike(arena, size) {
    await arena.crew.hireMany(2);
    const scene = await arena.scene({ mailboxes: 2, contacts: size * 5, waits: [0, 0, 0] });
    const asked: { contactId: string; at: string }[] = [];
    for (const end = performance.now() + PATIENCE_MS; asked.length < size && performance.now() < end; ) {
      const known = asked.map(({ contactId }) => contactId);
      const [who] = await arena.ask<EnrolledContact>(AT_THE_GATE, [scene.sequenceId, known, false]);
      if (who) asked.push({ contactId: who.contactId, at: await askForPause(arena, who) });
      else if ((await arena.count(ACTIVE, [scene.sequenceId])) === 0) break;
      else await sleep(25); // asked without a rest it would take the processor from the engine
    }
    const few = asked.length < size / 2 ? [`only ${asked.length} of ${size} could be asked for`] : [];
    await sleep(500); // time for released mails to be recorded
    return [...few, ...(await tooLate(arena, asked))];
  },
});

const ACTIVE = "from enrollments where sequence_id = $1 and state = 'active'";

/** When it was answered. */
async function askForPause({ world }: Arena, { token }: EnrolledContact) {
  const { status, text } = await call(`${world.url}/u/${token}`, {
    method: "POST",
    body: "choice=pause",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  if (status !== 200 || !text.includes("Emails are paused until")) throw new Error(`${status} ${text}`);
  return world.running.app.now().toString();
}

async function tooLate({ ask, lookedAt }: Arena, asked: readonly { contactId: string; at: string }[]) {
  lookedAt.respites = (lookedAt.respites ?? 0) + asked.length;
  const rows = await ask<{ id: string }>(
    `select m.id from messages m join jsonb_to_recordset($1::jsonb) as a ("contactId" text, "at" timestamptz) on a."contactId" = m.contact_id
      where m.released_at > a."at"`,
    [JSON.stringify(asked)],
  );
  return rows.map(({ id }) => `${id} was let go after its reader had asked for a pause`);
}
