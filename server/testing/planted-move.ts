// A team's move that was stopped after it had copied something.

import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

/** Nobody has this name, so nothing is called. */
export const MOVE_SOURCE = "https://old.example";

export async function plantMove(world: World, team: Team): Promise<string> {
  for (const { finished_at, entity_progress_job_id: id } of (await team.api.teamMoves.list()).team_moves)
    if (finished_at === null) await team.api.progress.cancel({ id });
  const { team_move: move } = await team.api.teamMoves.start({ source: MOVE_SOURCE, source_key: "planted" });
  await team.api.progress.cancel({ id: move.entity_progress_job_id });
  await asOwner(world, (client) =>
    client.query(
      `insert into team_move_records (team_id, move_id, kind, from_id, to_id, made)
       values ($1, $2, 'lists', 'old', 'new', true) on conflict do nothing`,
      [team.id, move.id],
    ),
  );
  return move.id;
}
