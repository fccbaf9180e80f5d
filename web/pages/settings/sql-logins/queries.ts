import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useIsAdmin } from "../../../session.ts";

export type SqlLogin = Awaited<ReturnType<typeof api.sqlLogins.list>>["sql_logins"][number];
export type LoginWithPassword = Awaited<ReturnType<typeof api.sqlLogins.create>>["sql_login"];

const loginsQuery = queryOptions({
  queryKey: ["sql-logins"],
  queryFn: async () => (await api.sqlLogins.list()).sql_logins,
});

/** Admins only: to anybody else the server says no, so we do not ask. */
export function useLogins() {
  return useQuery({ ...loginsQuery, enabled: useIsAdmin() });
}

export function useCreateLogin() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (name: string) => api.sqlLogins.create({ name }), onSuccess: refresh });
}

export function useRevokeLogin() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.sqlLogins.revoke({ id }), onSuccess: refresh });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: loginsQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
