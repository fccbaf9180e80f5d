import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useReadFirst } from "../../../parts/read-first.ts";
import { api } from "../../../session.ts";

export type Mail = Awaited<ReturnType<typeof api.emailerMessages.search>>["emailer_messages"][number];
export type MailShown = Awaited<ReturnType<typeof api.emailerMessages.show>>["emailer_message"];
export type Rewriting = Parameters<typeof api.emailerMessages.update>[0];
export type Begun = NonNullable<Parameters<typeof api.emailerMessages.create>[0]>;

export function mailQuery(id: string) {
  return queryOptions({
    queryKey: ["mails", "one", id],
    queryFn: async () => (await api.emailerMessages.show({ id })).emailer_message,
  });
}

export function useMail(id: string | null | undefined) {
  return useQuery({ ...mailQuery(id ?? ""), enabled: Boolean(id) });
}

export function useMailChanges() {
  const queries = useQueryClient();
  const readFirst = useReadFirst();
  // Not waited for: the message is shown first, and the page leaves.
  const onSuccess = () =>
    void Promise.all(
      ["mails", "tasks", "waiting", "story", "today", "enrollments", "explain"].map((noun) =>
        queries.invalidateQueries({ queryKey: [noun] }),
      ),
    );
  return {
    create: useMutation({ mutationFn: (wish: Begun) => api.emailerMessages.create(wish), onSuccess }),
    update: useMutation({ mutationFn: (wish: Rewriting) => api.emailerMessages.update(wish), onSuccess }),
    /** Only if it is still what the change was made to. */
    updateShown: useMutation({
      mutationFn: ({ isShown, ...wish }: Rewriting & { isShown: (now: MailShown) => boolean }) =>
        readFirst(mailQuery(wish.id), isShown, ({ etag }) =>
          api.emailerMessages.update(wish, { ifMatch: etag }),
        ),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.emailerMessages.delete({ id }), onSuccess }),
    send: useMutation({
      mutationFn: (wish: Parameters<typeof api.emailerMessages.sendNow>[0]) =>
        api.emailerMessages.sendNow(wish),
      onSuccess,
    }),
    resolve: useMutation({
      mutationFn: (wish: Parameters<typeof api.emailerMessages.resolve>[0]) =>
        api.emailerMessages.resolve(wish),
      onSuccess,
    }),
  };
}
