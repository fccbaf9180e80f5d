// How often people and companies are touched: several sequences that want the same ones, engines that come and go, and
// in no window of days more than the team allows.

import { PATIENCE_MS } from "../patience.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { holdsWithin, isAllWritten } from "./ground.ts";

const DAYS = 2;
const PER_PERSON = 1;
const PER_COMPANY = 2;
const COMPANIES = 30;
const SEQUENCES = 3;

export const touches = fault({
  name: "limits of touches with 8 engines and restarts",
  unit: "rounds",
  short: 1,
  full: 60,
  portion: 4,
  mayWait: true,
  async strike(arena, size) {
    const { crew, chance, team } = arena;
    await team.api.teams.update({
      touch_limits: [
        { scope: "person", counts: "touches", most: PER_PERSON, days: DAYS },
        { scope: "company", counts: "emails", most: PER_COMPANY, days: DAYS },
        { scope: "domain", counts: "emails", most: PER_COMPANY + 1, days: DAYS },
      ],
    });
    return inRounds(size, async () => {
      for (let n = 0; n < SEQUENCES; n++)
        await arena.scene({ mailboxes: 2, contacts: COMPANIES, waits: [0, 0] });
      const unused: string[] = [];
      await crew.hireMany(8);
      await pauseOf(chance, 100, 400);
      for (let kill = 0; kill < 3; kill++) {
        await crew.killAny(chance);
        crew.hire();
      }
      // Six mails for each company, two of them in each window, and of one person one: with who is chosen first, four at most.
      for (let window = 0; window < 4; window++) {
        // What an engine had at the dot when it was killed takes up room; where it comes back it is sent in the same window.
        const isOver = async () => (await mayGo(arena)).length === 0 && (await isAllWritten(arena));
        if (!(await holdsWithin(isOver, PATIENCE_MS, 100))) unused.push(...(await mayGo(arena)));
        arena.advance({ hours: 24 * DAYS, minutes: 1 });
      }
      const left = await arena.count(WAITING);
      if (left > 0) unused.push(`${left} wait after four times ${DAYS} days`);
      await crew.dismiss();
      return [...unused, ...(await beyond(arena))];
    });
  },
});

/** Whose last mail is in doubt gets no other one, however long it is waited for. */
const WAITING = `
  from enrollments e join contacts c on c.team_id = e.team_id and c.id = e.contact_id
 where e.state = 'active' and not exists (
       select from messages m where m.team_id = e.team_id and m.enrollment_id = e.id and m.delivery in ('dot', 'unconfirmed'))`;

/** All contacts whom no limit keeps from being mailed now: an allowance that is left unused. */
async function mayGo({ ask, world }: Arena) {
  const rows = await ask<{ who: string }>(
    `with touched as (
       select lower(coalesce(m.to_email, c.email)) as person, lower(split_part(coalesce(m.to_email, c.email), '@', 2)) as company
         from messages m join contacts c on c.team_id = m.team_id and c.id = m.contact_id
        where m.released_at > $1::timestamptz - $2::interval)
     select c.email as who ${WAITING}
        and not exists (select from touched t where t.person = lower(c.email))
        and (select count(*) from touched t where t.company = lower(split_part(c.email, '@', 2))) < $3`,
    [world.running.app.now(), `${24 * DAYS} hours`, PER_COMPANY],
  );
  return rows.map(({ who }) => `${who} is kept from nothing, and waits`);
}

/** Of what the sink has taken, and of what it may have: whom it reached more often than allowed, and when. */
async function beyond({ ask, sink, lookedAt }: Arena) {
  const taken = sink.lines().map(({ message_id }) => message_id);
  const rows = await ask<{ whom: string; at: string; within: number; most: number }>(
    `with mails as (
       select lower(to_email) as person, lower(split_part(to_email, '@', 2)) as company, released_at as at
         from messages where released_at is not null
          and (internet_message_id = any($1::text[]) or delivery in ('unconfirmed', 'dot')))
     select * from (
       select person as whom, at, $2::int as most, count(*) over (partition by person order by at
              range between $4::interval preceding and current row)::int as within from mails
       union all
       select company, at, $3::int, count(*) over (partition by company order by at
              range between $4::interval preceding and current row)::int from mails) w
      where within > most`,
    [taken, PER_PERSON, PER_COMPANY, `${24 * DAYS - 1} hours 59 minutes 59.999999 seconds`],
  );
  lookedAt.touches = (lookedAt.touches ?? 0) + taken.length;
  return rows.map(
    ({ whom, at, within, most }) => `${whom}: ${within} within ${DAYS} days of ${at}, not ${most}`,
  );
}
