// How often people and companies are touched: several sequences that want the same ones, engines that come and go, and
// in no window of days more than the team allows.

import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { until } from "./ground.ts";

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
      const before = await letGo(arena);
      for (let n = 0; n < SEQUENCES; n++)
        await arena.scene({ mailboxes: 2, contacts: COMPANIES, waits: [0, 0] });
      const unused: string[] = [];
      await crew.hireMany(8);
      await pauseOf(chance, 100, 400);
      for (let kill = 0; kill < 3; kill++) {
        await crew.killAny(chance);
        crew.hire();
      }
      // Six mails for each company, two of them in each window; where the last two are one person's, one of them waits on.
      const allowance = COMPANIES * PER_COMPANY;
      for (const windows of [1, 2, 2.5, 3]) {
        const expected = before + windows * allowance;
        const used = windows === SEQUENCES ? usable : letGo;
        const using = until(async () => (await used(arena)) >= expected, 40_000, 100);
        while (!(await Promise.race([using, pauseOf(chance, 400, 1_500).then(() => "going on")]))) break;
        if (!(await using)) unused.push(`${(await letGo(arena)) - before} of ${expected - before} used`);
        arena.advance({ hours: 24 * DAYS, minutes: 1 });
      }
      await crew.dismiss();
      return [...unused, ...(await beyond(arena))];
    });
  },
});

/** Whose first mail is in doubt gets no second one: that part of the allowance is nobody's. */
async function usable(arena: Arena) {
  const DOUBTS = `from messages m join sequence_steps p on p.id = m.step_id
                   where m.delivery in ('dot', 'unconfirmed') and p.position = 1`;
  return (await letGo(arena)) + (await arena.count(DOUBTS));
}

async function letGo({ count }: Arena) {
  return count("from messages where dot_at is not null");
}

/** Of what the sink has taken, and of what it may have: whom it reached more often than allowed, and when. */
async function beyond({ ask, sink, lookedAt }: Arena) {
  const taken = sink.lines().map(({ message_id }) => message_id);
  const rows = await ask<{ whom: string; at: string; within: number; most: number }>(
    `with mails as (
       select lower(to_email) as person, lower(split_part(to_email, '@', 2)) as company, dot_at as at
         from messages where dot_at is not null
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
