import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../session.ts";

export type TeamMove = Awaited<ReturnType<typeof api.teamMoves.list>>["team_moves"][number];
export type MoveReport = NonNullable<TeamMove["report"]>;
export type MoveWish = Parameters<typeof api.teamMoves.start>[0];

const KEY = "team-moves";
const EVERY_MS = 1_000;

export const isRunning = ({ finished_at }: TeamMove) => finished_at === null;

export const movesQuery = queryOptions({
  queryKey: [KEY],
  queryFn: () => api.teamMoves.list(),
  refetchInterval: ({ state: { data } }) => (data?.team_moves.some(isRunning) ? EVERY_MS : false),
});

export function useStartMove() {
  return useMutation({ mutationFn: (wish: MoveWish) => api.teamMoves.start(wish), onSuccess: useRefresh() });
}

export function useStopMove() {
  return useMutation({
    mutationFn: ({ entity_progress_job_id: id }: TeamMove) => api.progress.cancel({ id }),
    onSuccess: useRefresh(),
  });
}

export function useUndoMove() {
  return useMutation({
    mutationFn: ({ id }: TeamMove) => api.teamMoves.undo({ id }),
    onSuccess: useRefresh(),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [KEY] });
}
