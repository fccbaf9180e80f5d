// Limits and hours: what may go out is used, and never more of it.

import { PATIENCE_MS } from "../patience.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { holdsWithin, settled } from "./ground.ts";

/** Three hours of an allowance, with engines that come and go. What remains unused is counted, too. */
export const limits = fault({
  name: "limits with 8 engines and restarts",
  unit: "rounds",
  short: 1,
  full: 100,
  portion: 5,
  mayWait: true,
  async strike(arena, size) {
    const { crew, chance } = arena;
    return inRounds(size, async () => {
      const unused: string[] = [];
      const [hourly, daily] = [chance.whole(15, 25), chance.whole(40, 50)];
      const limits = { max_outbound_emails_per_hour: hourly, email_daily_threshold: daily };
      const { mailboxIds } = await arena.scene({
        mailboxes: 2,
        contacts: 2 * daily + 20,
        waits: [0],
        mailbox: limits,
      });
      const expect = async (allowance: number) => {
        const isUsed = () => counted(arena, mailboxIds).then((counts) => counts.every((n) => n >= allowance));
        const using = holdsWithin(isUsed, PATIENCE_MS, 100);
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
      return unused;
    });
  },
});

async function counted(arena: Arena, mailboxIds: readonly string[]) {
  const rows = await arena.ask<{ n: number }>(
    `select count(m.id)::int as n from unnest($1::text[]) b (id)
       left join messages m on m.mailbox_id = b.id and m.released_at is not null group by b.id`,
    [mailboxIds],
  );
  return rows.map(({ n }) => n);
}

/** The hours end while mails go out: what is left goes out the next day, and none in between. */
export const closingHours = fault({
  name: "hours that end while mails go out",
  unit: "evenings",
  short: 1,
  full: 20,
  portion: 4,
  mood: { before: "100-300" },
  async strike(arena, size) {
    const { crew, chance } = arena;
    return inRounds(size, async () => {
      const missed: string[] = [];
      const now = arena.world.running.app.now().toZonedDateTimeISO("UTC");
      const opens = now.add({ days: 1 }).withPlainTime({ hour: 9 });
      const scheduleId = await officeHours(arena);
      const { mails } = await arena.scene({ mailboxes: 1, contacts: 150, waits: [0, 1], scheduleId });
      const opened = arena.sink.lines().length;
      arena.advance({ seconds: secondsUntil(arena, opens) });
      await crew.hireMany(1);
      await holdsWithin(() => arena.sink.lines().length >= opened + 20, PATIENCE_MS);
      arena.advance({ seconds: secondsUntil(arena, opens.with({ hour: 16, minute: 59, second: 58 })) });
      await pauseOf(chance, 3_000, 4_000);
      const before = arena.sink.lines().length - opened;
      arena.advance({ hours: 16 });
      await settled(arena, 10_000);
      arena.advance({ minutes: 2 });
      if (!(await settled(arena, PATIENCE_MS))) missed.push("the next day not all of it went out");
      if (before === 0 || before === mails)
        missed.push(`the hours did not end in the middle: ${before} of ${mails}`);
      await crew.retire();
      return missed;
    });
  },
});

function secondsUntil({ world }: Arena, at: Temporal.ZonedDateTime) {
  return Math.round(world.running.app.now().until(at.toInstant()).total("seconds"));
}

async function officeHours({ team }: Arena) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Office hours ${Math.random()}`,
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: Object.fromEntries(days.map((day) => [day, [[9, 17]]])),
  });
  return emailer_schedule.id;
}
