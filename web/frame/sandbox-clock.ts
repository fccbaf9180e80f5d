// The time of the sandbox, as the bar on top shows and moves it. Whatever it shows is asked for anew once the time has moved.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followSandbox } from "../parts/current-time.ts";
import { api, useMe } from "../session.ts";

export type SandboxClock = Awaited<ReturnType<typeof api.sandbox.clock>>["clock"];
type Span = Parameters<typeof api.sandbox.advance>[0];

const KEY = ["sandbox"];
/** Others move it as well. */
const EVERY_MS = 5_000;
const WHILE_MOVING_MS = 500;

/** Null: this is no sandbox. */
export function useSandboxClock() {
  const { sandbox } = useMe();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async () => (await api.sandbox.clock()).clock,
    initialData: sandbox ?? undefined,
    initialDataUpdatedAt: 0,
    enabled: sandbox !== null,
    refetchInterval: ({ state }) => (isMoving(state.data) ? WHILE_MOVING_MS : EVERY_MS),
  });
  const clock = sandbox && (data ?? sandbox);
  const now = clock?.state === "running" && clock.speed === 1 ? undefined : clock?.now; // pages look again by themselves
  useEffect(() => {
    if (!clock) return;
    followSandbox(clock);
    // Every page shows what has happened until now.
    if (now !== undefined)
      void queries.invalidateQueries({ predicate: ({ queryKey }) => !STEADY.has(String(queryKey[0])) });
  }, [now, clock, queries]);
  return clock;
}

const STEADY = new Set(["sandbox", "session"]);

function isMoving(clock: SandboxClock | undefined) {
  return clock?.state === "advancing" || (clock?.speed ?? 0) > 1;
}

export function useMoveSandbox() {
  const queries = useQueryClient();
  const seen = (clock: SandboxClock) => queries.setQueryData(KEY, clock);
  const advance = useMutation({
    mutationFn: (span: Span) => api.sandbox.advance({ ...span, wait_seconds: 1 }),
    onSuccess: ({ clock }) => seen(clock),
  });
  const run = useMutation({
    mutationFn: (speed: number) => (speed === 0 ? api.sandbox.freeze() : api.sandbox.run({ speed })),
    onSuccess: ({ clock }) => seen(clock),
  });
  return { advance, run };
}
