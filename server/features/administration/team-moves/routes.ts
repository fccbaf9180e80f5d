import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseUnfitSource, startMove, undoMove } from "./commands.ts";
import { presentMove } from "./present.ts";
import { findMove, listMoves } from "./store.ts";

const { teamMoves } = contract;

export const routes = [
  routeWithBefore(
    teamMoves.start,
    ({ app, input }) => refuseUnfitSource(app, input.source),
    async ({ input, ...act }) => {
      const move = await startMove(act, {
        source: input.source,
        key: input.source_key,
        withNotes: input.notes,
        phase: input.look_only ? "look" : "copy",
      });
      return { team_move: presentMove(move) };
    },
  ),

  route(teamMoves.list, async ({ db, caller }) => ({
    team_moves: (await listMoves(db, caller.teamId)).map(presentMove),
  })),

  route(teamMoves.get, async ({ db, caller, input }) => {
    const move = await findMove(db, caller.teamId, input.id);
    if (!move) throw new Refusal("record_not_found");
    return { team_move: presentMove(move) };
  }),

  route(teamMoves.undo, async ({ input, ...act }) => ({
    team_move: presentMove(await undoMove(act, input.id)),
  })),
];
