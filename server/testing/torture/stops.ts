// Stops of every kind, sent at the very moment a mail waits at the gate. A caller who has been told that it is
// stopped must not find a mail that was released later; the checks compare the two moments.

import { setTimeout as sleep } from "node:timers/promises";
import { byEngine } from "../../engine/running/engine.ts";
import { happened } from "../../features/enrollments/enrollments/enrollment-events.ts";
import type { By } from "../../features/events/events/store.ts";
import { barDeadAddress } from "../../features/sending/bouncing/commands.ts";
import { PATIENCE_MS } from "../patience.ts";
import { call } from "../wire.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf, type TortureFault } from "./fault.ts";
import type { TortureScene } from "./scene.ts";

export type EnrolledContact = {
  id: string;
  enrollmentId: string;
  contactId: string;
  mailboxId: string;
  email: string;
  token: string | null;
};

/** A contact whose mail is at the gate; if there is none, the next in line. */
export const AT_THE_GATE = `
  select m.id, m.enrollment_id as "enrollmentId", m.contact_id as "contactId", m.mailbox_id as "mailboxId",
         (select c.email from contacts c where c.id = m.contact_id) as email, (select s.token from messages s where s.contact_id = m.contact_id and s.delivery = 'sent' limit 1) as token
    from messages m
   where m.sequence_id = $1 and m.delivery in ('claimed', 'planned') and m.contact_id <> all($2::text[]) and ($3 or exists (
           select from messages s where s.contact_id = m.contact_id and s.delivery = 'sent'))
   order by m.delivery = 'claimed' desc, m.is_queued desc, random() limit 1`;

const ON_THEIR_WAY = "from enrollments where sequence_id = $1 and state = 'active'";

type Stop = (arena: Arena, scene: TortureScene, who: EnrolledContact) => Promise<unknown>;

const inTeam = (arena: Arena, work: (by: By) => Promise<unknown>) => {
  const { app } = arena.world.running;
  return app.db.inTeam(arena.team.id, (db) => work(byEngine(app, db, arena.team.id)));
};
const api = ({ team }: Arena) => team.api;

export const STOPS: Record<string, Stop> = {
  unsubscribe: ({ world }, _, { token }) =>
    call(`${world.url}/u/${token}`, {
      method: "POST",
      body: "List-Unsubscribe=One-Click",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
  reply: (arena, _, { enrollmentId }) =>
    inTeam(arena, (by) => happened(by, [{ enrollmentId, what: { is: "replied", messageId: null } }])),
  bounce: (arena, _, { contactId, email, enrollmentId }) =>
    inTeam(arena, async (by) => {
      const said = { source: "incoming_mail", sourceId: contactId };
      await barDeadAddress(by, { contactId, address: email, said });
      await happened(by, [{ enrollmentId, what: { is: "hardBounced" } }]);
    }),
  "do not contact": (arena, _, { contactId }) =>
    api(arena).contacts.update({ id: contactId, do_not_contact: true }),
  suppression: (arena, _, { email }) => api(arena).suppressions.create({ value: email }),
  pause: (arena, { sequenceId }, { contactId }) =>
    api(arena).enrollments.pause({ id: sequenceId, contact_ids: [contactId] }),
  remove: (arena, { sequenceId }, { contactId }) =>
    api(arena).enrollments.removeOrStop({
      emailer_campaign_ids: [sequenceId],
      contact_ids: [contactId],
      mode: "remove",
    }),
  finish: (arena, { sequenceId }, { contactId }) =>
    api(arena).enrollments.removeOrStop({
      emailer_campaign_ids: [sequenceId],
      contact_ids: [contactId],
      mode: "mark_as_finished",
    }),
};

export const MOOD = { before: "20-60", after: "0-20" };
const SEQUENCE = { mark_finished_if_reply: true };

/** Each in a sequence of its own, while the mails of the others are still on their way. */
const stops = fault({
  name: `${Object.keys(STOPS).join(", ")}: racing the gate`,
  unit: `times each of ${Object.keys(STOPS).length}`,
  short: 3,
  full: 500,
  portion: 25,
  mood: MOOD,
  async strike(arena, size) {
    await arena.crew.hireMany(2);
    const kinds = Object.entries(STOPS);
    return inRounds(kinds.length, (n) => race(arena, kinds[n] as (typeof kinds)[number], size));
  },
});

async function race(arena: Arena, [what, stop]: [string, Stop], size: number) {
  const scene = await arena.scene({ mailboxes: 2, contacts: size * 5, waits: [0, 0, 0], sequence: SEQUENCE });
  const stopped: string[] = [];
  for (const end = performance.now() + PATIENCE_MS; stopped.length < size && performance.now() < end; ) {
    const needsToken = what === "unsubscribe";
    const [who] = await arena.ask<EnrolledContact>(AT_THE_GATE, [scene.sequenceId, stopped, !needsToken]);
    if (!who && (await arena.count(ON_THEIR_WAY, [scene.sequenceId])) === 0) break;
    if (!who) {
      await sleep(25); // asked without a rest it would take the processor from the engine
      continue;
    }
    stopped.push(who.contactId);
    await stop(arena, scene, who);
  }
  return stopped.length >= size / 2 ? [] : [`${what}: only ${stopped.length} of ${size} could be stopped`];
}

/** Off and on again, over and over. */
const sequenceOff = fault({
  name: "sequence off, racing the gate",
  unit: "times off and on",
  short: 3,
  full: 500,
  portion: 50,
  mood: MOOD,
  async strike(arena, size) {
    const scene = await arena.scene({ mailboxes: 2, contacts: size * 10, waits: [0, 0] });
    await arena.crew.hireMany(2);
    const { sequences } = arena.team.api;
    for (let n = 0; n < size; n++) {
      await pauseOf(arena.chance, 30, 300);
      await sequences.abort({ id: scene.sequenceId });
      await sequences.approve({ id: scene.sequenceId });
    }
    return undefined;
  },
});

/** A disconnected mailbox sends nothing any more: mails in its queue wait for another. */
const mailboxOff = fault({
  name: "mailbox off, racing the gate",
  unit: "mailboxes",
  short: 3,
  full: 500,
  portion: 25,
  mood: MOOD,
  mayWait: true,
  async strike(arena, size) {
    const late: string[] = [];
    const scene = await arena.scene({ mailboxes: size, contacts: size * 15, waits: [0, 0] });
    await arena.crew.hireMany(2);
    for (const mailboxId of scene.mailboxIds) {
      await pauseOf(arena.chance, 100, 600);
      await arena.team.api.emailAccounts.disconnect({ id: mailboxId });
      const at = arena.world.running.app.now().toString();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const rows = await arena.ask("select from messages where mailbox_id = $1 and released_at > $2", [
        mailboxId,
        at,
      ]);
      if (rows.length > 0) late.push(`${rows.length} mails were let go from a mailbox that was disconnected`);
    }
    return late;
  },
});

export const STOP_FAULTS: readonly TortureFault[] = [stops, sequenceOff, mailboxOff];
