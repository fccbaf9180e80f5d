import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, sessionQuery } from "../../../session.ts";

export type TeamMember = Awaited<ReturnType<typeof api.users.search>>["users"][number];
export type Invited = Awaited<ReturnType<typeof api.users.invite>>;
type Invitation = Parameters<typeof api.users.invite>[0];
type Change = Parameters<typeof api.users.update>[0];

export const peopleQuery = queryOptions({ queryKey: ["people"], queryFn: findEverybody });

export function usePeople() {
  return useQuery(peopleQuery);
}

/** All pages: a team is tens of people, and choosing among them should not need a search of its own. */
async function findEverybody(): Promise<TeamMember[]> {
  const people: TeamMember[] = [];
  for (let page = 1; ; page++) {
    const { users, pagination } = await api.users.search({ page, per_page: 100 });
    people.push(...users);
    if (page >= pagination.total_pages) return people;
  }
}

export function useInvite() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (wish: Invitation) => api.users.invite(wish), onSuccess: refresh });
}

export function useChangePerson() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (change: Change) => api.users.update(change), onSuccess: refresh });
}

export function useDeactivate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.users.deactivate({ id }), onSuccess: refresh });
}

export function useReactivate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.users.reactivate({ id }), onSuccess: refresh });
}

/** The session too: what was changed may be oneself. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: peopleQuery.queryKey }),
      queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
