// Mailboxes that send by their provider's API beside those that send by SMTP, while the providers answer whatever comes into their
// heads, engines are killed and people are stopped. What the provider can tell is settled in the end; what nobody can tell is held.

import { PATIENCE_MS } from "../patience.ts";
import type { Arena } from "./arena.ts";
import { fault, pauseOf, type TortureFault } from "./fault.ts";
import { holdsWithin, keepBusy } from "./ground.ts";
import type { Providers } from "./providers.ts";
import { type EnrolledContact, STOPS } from "./stops.ts";

const OF_EACH_KIND = 2;
const CONTACTS = 24;
const WAITS = [0, 0];
const TURN_MS = 500;

/** After the call that sends, and around the gate: where it matters to an API. */
const POINTS = ["after-rcpt", "gate-after-commit", "dot-written", "reply-read", "result-before-commit"];

/** A contact whose mail is at the gate, on its way or in doubt. By a link only from a mail that came: the link of one in doubt proves it. */
const UNDER_WAY = `
  select m.id, m.enrollment_id as "enrollmentId", m.contact_id as "contactId", m.mailbox_id as "mailboxId",
         (select s.token from messages s where s.contact_id = m.contact_id and s.delivery = 'sent' limit 1) as token,
         (select c.email from contacts c where c.id = m.contact_id) as email
    from messages m
    join enrollments e on e.id = m.enrollment_id and e.state = 'active'
   where m.sequence_id = $1 and m.delivery in ('planned', 'claimed', 'dot', 'unconfirmed')
   order by m.delivery = 'planned', random() limit 1`;

/** `planted`: a bug that its engines have (planted.ts). */
export const sendingByApis = (planted?: string): TortureFault =>
  fault({
    name: "Gmail API and Microsoft Graph beside SMTP: nonsense, lost answers, silence, old tokens, kill -9 and stops",
    unit: "kills",
    short: 1,
    full: 1_000,
    portion: 10,
    mood: { before: "0-25", after: "0-25", dropBefore: 0.02, dropAfter: 0.02 },
    hasProviders: true,
    env: planted === undefined ? {} : { TORTURE_PLANTED: planted },
    async strike(arena, size) {
      const { crew, chance, providers } = arena;
      if (!providers) return ["no provider was opened"];
      const beside = await providers.connect(arena, OF_EACH_KIND);
      providers.misbehave(chance, planted !== undefined);
      await crew.hireMany(planted === undefined ? 2 : 1);
      while (crew.kills < size) {
        await keepBusy(arena, { mailboxes: 1, beside, contacts: CONTACTS, waits: WAITS });
        await goesOn(arena, providers);
        if (chance.happens(0.6)) await stopOne(arena);
        await pauseOf(chance, 0, 300);
        await crew.killAny(chance);
        const crash = `${chance.pick(POINTS)}=kill:0.2:${chance.whole(1, 1_000_000)}`;
        while (crew.hands.length < 2) crew.hire(chance.happens(0.3) ? { CADENZA_CRASH: crash } : {});
      }
      await settle(arena, providers);
      return judge(arena, providers);
    },
  });

/**
 * Until the providers have handed over a few more. Pauses after faults end meanwhile. A quarter of an hour, after which a draft counts as
 * not sent, takes longer here than any call.
 */
function goesOn(arena: Arena, { lines }: Providers) {
  const beyond = lines().length + arena.chance.whole(6, 20);
  const isSo = () => {
    if (lines().length >= beyond) return true;
    arena.advance({ minutes: 1 });
    return false;
  };
  return holdsWithin(isSo, 8_000, TURN_MS);
}

async function stopOne(arena: Arena) {
  const scene = arena.scenes.at(-1);
  if (!scene) return;
  const [who] = await arena.ask<EnrolledContact>(UNDER_WAY, [scene.sequenceId]);
  const what = arena.chance.pick(Object.keys(STOPS));
  const stop = STOPS[what];
  if (who && stop && (who.token !== null || what !== "unsubscribe")) await stop(arena, scene, who);
}

const LEFT = `
  select (select count(*)::int from messages where delivery in ('claimed', 'dot')) as underway,
         (select count(*)::int from enrollments where state = 'active') as active,
         (select coalesce(array_agg(internet_message_id::text), '{}') from messages where delivery = 'unconfirmed' and mailbox_id = any($1)) as doubts,
         (select coalesce(array_agg(id::text), '{}') from mailboxes where not is_active and id = any($1)) as off,
         (select count(*)::int from mailboxes b
           where b.id = any($1) and b.is_active and b.copies_to_sent is null
             and exists (select from messages m where m.mailbox_id = b.id and m.delivery = 'unconfirmed')) as unprobed`;

type Left = { underway: number; active: number; doubts: string[]; off: string[]; unprobed: number };

/** Told of mails in doubt when a run fails. */
const FACTS = `
  select m.internet_message_id as id, b.type as mailbox, b.copies_to_sent, b.is_active, a.draft_id, m.released_at, m.next_check_at, m.tries
    from messages m
    join mailboxes b on b.team_id = m.team_id and b.id = m.mailbox_id
    left join send_attempts a on a.team_id = m.team_id and a.id = m.attempt_id
   where m.internet_message_id = any($1)`;

/**
 * The providers answer as they should again, and time goes on: pauses end, and what a provider has kept as a draft for long is sent
 * again. Time is not turned while a call may still have an effect, which would then seem to come much later.
 */
async function settle(arena: Arena, providers: Providers) {
  providers.behave();
  const ids = providers.members.map(({ id }) => id);
  const heldMails = () =>
    arena.count("from messages where delivery = 'unconfirmed' and mailbox_id <> all($1)", [ids]);
  await holdsWithin(
    async () => {
      if (arena.crew.hands.length === 0) await arena.crew.hire().ready;
      const [left] = await arena.ask<Left>(LEFT, [ids]);
      if (!left || left.underway > 0 || providers.underway() > 0) return false;
      const open = left.doubts.filter((id) => !providers.untraceable.has(id));
      if (open.length === 0 && left.active <= left.doubts.length + (await heldMails())) return true;
      await providers.reconnect(arena, (id) => left.off.includes(id));
      // Whether a mailbox keeps what it sends is found out by mails of its last day: that day must not be over before.
      arena.advance(left.unprobed > 0 ? { seconds: 20 } : { minutes: 4 });
      return false;
    },
    PATIENCE_MS * 2,
    400,
  );
}

/** What is to be asked beside the checks: who is held, and what is left lying about. */
async function judge({ ask, count, lookedAt }: Arena, providers: Providers) {
  const [left] = await ask<Left>(LEFT, [providers.members.map(({ id }) => id)]);
  const doubts = (left?.doubts ?? []).filter((id) => !providers.untraceable.has(id));
  const facts = doubts.length > 0 ? await ask<Record<string, unknown>>(FACTS, [doubts]) : [];
  const wrong = facts.map((one) => `in doubt, though its provider can tell: ${JSON.stringify(one)}`);
  const failed = await ask<{ id: string; reason: string }>(
    "select internet_message_id as id, failure_reason as reason from messages where delivery = 'failed' and failure_reason like 'HTTP %' and mailbox_id = any($1)",
    [providers.members.map(({ id }) => id)],
  );
  const drafts = providers.drafts();
  const sent = await ask<{ id: string }>(
    "select internet_message_id as id from messages where delivery = 'sent' and internet_message_id = any($1)",
    [drafts],
  );
  const delivered = providers.lines();
  lookedAt.gmailMails = delivered.filter(({ login }) => login?.startsWith("google")).length;
  lookedAt.graphMails = delivered.length - lookedAt.gmailMails;
  Object.assign(lookedAt, { gmailFaults: providers.faults.gmail, graphFaults: providers.faults.graph });
  lookedAt.untraceable = providers.untraceable.size;
  lookedAt.draftsOfStopped = drafts.length - sent.length;
  lookedAt.again = await count("from send_attempts where proved_absent_at is not null");
  return [
    ...wrong,
    ...failed.map(({ id, reason }) => `failed, though nothing refused it: ${id} ${reason}`),
    ...sent.map(({ id }) => `sent, and a draft is left for a person to send: ${id}`),
  ];
}
