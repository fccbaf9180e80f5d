import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useReadFirst } from "../../../parts/read-first.ts";
import { api, sessionQuery } from "../../../session.ts";
import { type Team, teamQuery } from "./queries.ts";

type TeamChange = NonNullable<Parameters<typeof api.teams.update>[0]>;

/**
 * Saves one section of the team's settings. `told` picks what the section shows: what others save in another one does not matter.
 * `before`: what it showed when the change was made; null saves in any case, as undoing does.
 */
export function useSaveTeam<Shown>(told: (team: Team) => Shown) {
  const queries = useQueryClient();
  const readFirst = useReadFirst();
  return useMutation({
    mutationFn: async ({ before, ...change }: TeamChange & { before: Shown | null }) => {
      if (before === null) return api.teams.update(change);
      const isAsShown = (now: Team) => JSON.stringify(told(now)) === JSON.stringify(before);
      return readFirst(teamQuery, isAsShown, ({ etag }) => api.teams.update(change, { ifMatch: etag }));
    },
    onSuccess: () =>
      Promise.all([teamQuery, sessionQuery].map(({ queryKey }) => queries.invalidateQueries({ queryKey }))),
  });
}
