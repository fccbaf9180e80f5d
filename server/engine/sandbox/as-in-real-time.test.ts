// The same plans in a sandbox and in an installation, whose engine runs all of its loops under a clock that is turned: the same
// emails go to the same contacts at the same minute, and they end for the same reasons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { replaceProspects } from "../../features/sending/prospect-scripts/store.ts";
import { type Chance, chanceFrom } from "../../sample/chance.ts";
import { plansByLot } from "../../testing/plans-by-lot.ts";
import { rounds } from "../../testing/rounds.ts";
import { inSandbox } from "../../testing/sandboxed.ts";
import { newMailbox } from "../../testing/sequenced.ts";
import { standStill } from "../../testing/standing-time.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld, type World } from "../../testing/world.ts";

/** More of them: CADENZA_SANDBOX_PLANS=20. */
const PLANS = rounds(2, 4, "CADENZA_SANDBOX_PLANS");
const DAYS = 21;
/** Between full minutes, where nothing opens or closes. */
const BEGINS = Temporal.Instant.from("2027-01-04T09:00:17Z");

const sandboxed = useWorld({
  ...(await inSandbox()),
  sandbox: { at: BEGINS, isKept: true },
});
const real = useWorld({
  catcher: true,
  engineLoops: 4,
  prospects: null, // nobody answers but by the list
  inboxAgeMs: 366 * 86_400_000, // between two turns no time passes in which inboxes would be read
});

test(`${PLANS} plans: the sandbox does what the engine does in real time, to the minute`, async (t) => {
  const standing = standStill(real, BEGINS);
  const [simulated, lived] = [await layOutAll(sandboxed), await layOutAll(real)];
  const { sandbox } = sandboxed.operator;
  await sandbox.advance({ days: DAYS, wait_seconds: 0 });
  while ((await sandbox.clock()).clock.state !== "stopped") await sleep(500);
  const turns = await standing.runUntil(lived, BEGINS.add({ hours: 24 * DAYS }));
  const apart: string[] = [];
  let mails = 0;
  const ends = new Set<string>();
  for (let n = 0; n < PLANS; n++) {
    const [inSandboxed, inReal] = [
      await whatBecameOf(sandboxed, simulated[n]),
      await whatBecameOf(real, lived[n]),
    ];
    apart.push(...differences(inSandboxed.mails, inReal.mails).map((one) => `plan ${n + 1}: ${one}`));
    assert.deepEqual(
      inSandboxed.ends,
      inReal.ends,
      `plan ${n + 1}: each contact is where it is for the same reason`,
    );
    mails += inReal.mails.size;
    for (const end of inReal.ends.values()) ends.add(end);
  }
  assert.deepEqual(apart, [], `${apart.length} of ${mails} differ`);
  assert.ok(mails > PLANS * 10 && ends.size >= 3, `${mails} emails; ${[...ends].join(", ")}`);
  t.diagnostic(
    `${PLANS} plans, ${mails} emails, 0 differences; the clock was turned ${turns} times; ${[...ends].join(", ")}`,
  );
});

async function layOutAll(world: World) {
  const teams: Team[] = [];
  for (let seed = 1; seed <= PLANS; seed++) {
    const team = await world.newTeam();
    const chance = chanceFrom(7_000 + seed);
    await team.api.brakes.update({ rules: [{ cause: "replies", enabled: false }] }); // looked at by the clock of the machine
    await world.running.app.db.inTeam(team.id, (db) => replaceProspects(db, team.id, answersOf(chance)));
    const { layOut } = plansByLot({
      now: () => world.running.app.now(),
      newMailbox: newTestMailbox,
      skipsCalls: true,
    });
    await layOut(team, chance);
    teams.push(team);
  }
  return teams;
}

const newTestMailbox: Parameters<typeof plansByLot>[0]["newMailbox"] = (team, wish) =>
  newMailbox(team, { ...wish, smtp: undefined, type: "catcher" });

/** Nothing that comes back by itself: brakes look every few seconds, however fast the clock is turned. */
function answersOf(chance: Chance) {
  const untilDay = BEGINS.toZonedDateTimeISO("UTC")
    .toPlainDate()
    .add({ days: chance.whole(3, 12) });
  const one = (step: number, share: number) => ({
    match: { step, share },
    afterSeconds: chance.whole(60, 90_000),
    text: null,
    untilDay: null,
  });
  return [
    { ...one(1, chance.whole(5, 30)), does: "reply" as const, text: "Sounds good, call me on Tuesday." },
    { ...one(1, chance.whole(30, 45)), does: "out_of_office" as const, untilDay },
    { ...one(2, chance.whole(5, 30)), does: "unsubscribe" as const },
    { ...one(2, chance.whole(30, 50)), does: "auto_reply" as const },
    {
      ...one(3, chance.whole(5, 50)),
      does: "forward" as const,
      text: "I have taken this over from a colleague.",
    },
  ];
}

/** When, by contact and step. */
type Mails = Map<string, number>;

async function whatBecameOf(world: World, team: Team | undefined) {
  const teamId = team?.id ?? assert.fail();
  return asOwner(world, async (client) => {
    const { rows: sent } = await client.query(
      `select m.to_email || ' step ' || p.position as key, m.released_at as at from messages m
         join sequence_steps p on p.team_id = m.team_id and p.id = m.step_id
        where m.team_id = $1 and m.delivery = 'sent'`,
      [teamId],
    );
    const { rows: states } = await client.query(
      `select c.email, e.state, coalesce(e.inactive_reason, e.failure_reason) as reason from enrollments e
         join contacts c on c.team_id = $1 and c.id = e.contact_id where e.team_id = $1 order by 1`,
      [teamId],
    );
    return {
      mails: new Map(sent.map(({ key, at }) => [key as string, (at as Date).getTime()])),
      ends: new Map(states.map(({ email, state, reason }) => [email as string, `${state} ${reason}`])),
    };
  });
}

function differences(one: Mails, other: Mails) {
  const timeOf = (at?: number) => (at === undefined ? "never" : new Date(at).toISOString());
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const [here, there] = [one.get(key), other.get(key)];
    const isSame = here !== undefined && there !== undefined && Math.abs(here - there) <= 60_000;
    return isSame ? [] : [`${key}: ${timeOf(here)} in the sandbox, ${timeOf(there)} in real time`];
  });
}
