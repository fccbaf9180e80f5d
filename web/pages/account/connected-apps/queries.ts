import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, useIsAdmin } from "../../../session.ts";

export type ConnectedApp = Awaited<ReturnType<typeof api.connectedApps.list>>["connected_apps"][number];
export type Application = Awaited<
  ReturnType<typeof api.oauthApplications.list>
>["oauth_applications"][number];
export type MadeApplication = Awaited<ReturnType<typeof api.oauthApplications.create>>;
type ApplicationWish = Parameters<typeof api.oauthApplications.create>[0];

export const connectedQuery = queryOptions({
  queryKey: ["connected-apps"],
  queryFn: async () => (await api.connectedApps.list()).connected_apps,
});

export function useConnectedApps() {
  return useQuery(connectedQuery);
}

export const applicationsQuery = queryOptions({
  queryKey: ["applications"],
  queryFn: async () => (await api.oauthApplications.list()).oauth_applications,
});

/** Admins only: to anybody else the server says no, so we do not ask. */
export function useApplications() {
  return useQuery({ ...applicationsQuery, enabled: useIsAdmin() });
}

/** `onDone` comes first: the refreshed list no longer has the part of the page that shows the message. */
export function useDisconnect(onDone: () => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.connectedApps.disconnect({ id }),
    onSuccess: () => {
      onDone();
      return refresh();
    },
  });
}

export function useAddApplication() {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (wish: ApplicationWish) => api.oauthApplications.create(wish),
    onSuccess,
  });
}

export function useEndApplication() {
  const onSuccess = useRefresh();
  return useMutation({ mutationFn: (id: string) => api.oauthApplications.revoke({ id }), onSuccess });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [["connected-apps"], ["applications"], ["history"]].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
}
