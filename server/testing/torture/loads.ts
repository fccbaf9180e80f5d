// Servers that leave a sender without an answer, many engines at one queue, limits, and hours that end.

import { setTimeout as sleep } from "node:timers/promises";
import { type Arena, until } from "./arena.ts";
import { fault, pauseOf } from "./fault.ts";

/** Half of what it does not answer was stored. Nobody is killed: every doubt is the server's doing. */
export const droppingSink = fault({
  name: "a server that drops 3 % before storing and 3 % after, and sometimes says nothing",
  short: 160,
  full: 5_000,
  mood: { dropBefore: 0.03, dropAfter: 0.03, silenceAfter: 0.01 },
  async strike(arena, size) {
    const { crew, sink } = arena;
    await arena.scene({ mailboxes: 3, contacts: size / 2, waits: [0, 0] });
    await crew.hireMany(2);
    await settled(arena, 60_000);
    await sink.kill(); // ends what is silent; otherwise it is waited for ten minutes
    await sink.start();
    return undefined;
  },
});

/** Nothing that was dropped was stored, so sending again long after must bring every mail, and none twice. */
export const neverLost = fault({
  name: "a server that drops 10 % before storing, where no mail may be lost",
  short: 60,
  full: 2_000,
  mood: { dropBefore: 0.1 },
  async strike(arena, size) {
    const { crew, sink } = arena;
    const { mails } = await arena.scene({ mailboxes: 2, contacts: size / 2, waits: [0, 0] });
    await arena.ask("update sequences set delivery_policy = 'never_lost'");
    await crew.hireMany(2);
    for (let round = 0; round < 20 && sink.lines().length < mails; round++) {
      await settled(arena, 10_000);
      arena.advance({ minutes: 16 });
      await sleep(1_000);
    }
    const missing = mails - sink.lines().length;
    return missing === 0 ? [] : [`${missing} mails never arrived`];
  },
});

export const eightEngines = fault({
  name: "8 engines at one queue of due mails",
  short: 400,
  full: 10_000,
  async strike(arena, size) {
    await arena.scene({ mailboxes: 4, contacts: size, waits: [0] });
    await arena.crew.hireMany(8);
    await settled(arena, 10 * 60_000);
    return undefined;
  },
});

/** Three hours of an allowance, with engines that come and go. What remains unused is counted, too. */
export const limits = fault({
  name: "limits with 8 engines and restarts",
  short: 1,
  full: 100,
  mayWait: true,
  async strike(arena, size) {
    const { crew, chance } = arena;
    const unused: string[] = [];
    for (let round = 0; round < size; round++) {
      const [hourly, daily] = [chance.whole(15, 25), chance.whole(40, 50)];
      const limits = { max_outbound_emails_per_hour: hourly, email_daily_threshold: daily };
      const { mailboxIds } = await arena.scene({
        mailboxes: 2,
        contacts: 2 * daily + 20,
        waits: [0],
        limits,
      });
      const expect = async (allowance: number) => {
        const isUsed = () => counted(arena, mailboxIds).then((counts) => counts.every((n) => n >= allowance));
        const using = until(isUsed, 30_000, 100);
        while (!(await Promise.race([using, pauseOf(chance, 300, 1_200).then(() => "going on")]))) break;
        if (!(await using)) unused.push(`${await counted(arena, mailboxIds)} of ${allowance} used`);
      };
      await crew.hireMany(8);
      await pauseOf(chance, 100, 400);
      for (let kill = 0; kill < 3; kill++) {
        await crew.killAny(chance);
        crew.hire();
      }
      await expect(hourly);
      for (let n = 2; n <= 3; n++) {
        arena.advance({ minutes: 61 });
        await expect(Math.min(n * hourly, daily));
      }
      await crew.dismiss();
      arena.advance({ hours: 25 });
    }
    return unused;
  },
});

async function counted(arena: Arena, mailboxIds: readonly string[]) {
  const rows = await arena.ask<{ n: number }>(
    `select count(m.id)::int as n from unnest($1::text[]) b (id)
       left join messages m on m.mailbox_id = b.id and m.dot_at is not null group by b.id`,
    [mailboxIds],
  );
  return rows.map(({ n }) => n);
}

/** The hours end while mails go out: what is left goes out the next day, and none in between. */
export const closingHours = fault({
  name: "hours that end while mails go out",
  short: 1,
  full: 20,
  mood: { before: "100-300" },
  async strike(arena, size) {
    const { crew, chance } = arena;
    const missed: string[] = [];
    for (let round = 0; round < size; round++) {
      const now = arena.world.running.app.now().toZonedDateTimeISO("UTC");
      const opens = now.add({ days: 1 }).withPlainTime({ hour: 9 });
      const scheduleId = await officeHours(arena);
      const { mails } = await arena.scene({ mailboxes: 1, contacts: 150, waits: [0, 1], scheduleId });
      await crew.hireMany(1);
      arena.advance({
        seconds: Math.round(now.until(opens.with({ hour: 16, minute: 59, second: 52 })).total("seconds")),
      });
      await pauseOf(chance, 8_000, 9_000);
      const before = arena.sink.lines().length;
      arena.advance({ hours: 16 });
      await settled(arena, 10_000);
      arena.advance({ minutes: 2 });
      if (!(await settled(arena, 90_000))) missed.push("the next day not all of it went out");
      if (before === 0 || before === mails)
        missed.push(`the hours did not end in the middle: ${before} of ${mails}`);
      await crew.retire();
    }
    return missed;
  },
});

async function officeHours({ team }: Arena) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const { emailer_schedule } = await team.api.schedules.create({
    ...{ name: `Office hours ${Math.random()}`, time_zone: "UTC" },
    ...{ use_contacts_time_zone: false, skip_holidays: false },
    schedule_hash: Object.fromEntries(days.map((day) => [day, [[9, 17]]])),
  } as never);
  return emailer_schedule.id;
}

const LEFT = `
  select count(*)::int as n from enrollments e
   where e.state = 'active' and not exists (select from messages m where m.enrollment_id = e.id and m.delivery in ('dot', 'unconfirmed'))`;

/** Until everybody is through or in doubt. Answers whether it came to that. */
function settled(arena: Arena, ms: number) {
  return until(async () => (await arena.ask<{ n: number }>(LEFT))[0]?.n === 0, ms, 200);
}
