// The emails that a forecast foresees, one by one, for tests that compare them with those that were sent.

import { forecast } from "../domain/insight/forecast.ts";
import { byEngine } from "../engine/running/engine.ts";
import { snapshot } from "../features/insight/forecasts/snapshot.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export type ForeseenMail = { mailboxId: string; at: number };

/** What the forecast says of each email: by enrollment and position of the step, in milliseconds. */
export async function foreseen(world: World, team: Team, days: number) {
  const { app } = world.running;
  const facts = await app.db.inTeam(team.id, (db) =>
    snapshot(byEngine(app, db, team.id), { days, seed: 1, alsoIds: [], replyRate: 0 }),
  );
  const ids = await enrollmentIds(world, team);
  const sends = new Map<string, ForeseenMail>();
  const told = forecast(facts, ({ person, step, mailbox, at }) => {
    const { sequence } = facts.people[person] as { sequence: number };
    sends.set(`${ids[person]} ${facts.sequences[sequence]?.steps[step]?.position}`, {
      mailboxId: facts.mailboxes[mailbox]?.id ?? "",
      at,
    });
  });
  return { told, sends };
}

/** In the order in which a snapshot reads them. */
async function enrollmentIds({ ownerConnection }: World, team: Team): Promise<string[]> {
  return asOwner({ ownerConnection } as World, async (client) => {
    const { rows } = await client.query(
      "select id from enrollments where team_id = $1 and state in ('active', 'paused') order by id",
      [team.id],
    );
    return rows.map(({ id }) => id as string);
  });
}
