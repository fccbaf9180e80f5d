import { useDebouncedValue } from "@mantine/hooks";
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useReadShown } from "../../../parts/read-first.ts";
import { api, useMe } from "../../../session.ts";

export type Mailbox = Awaited<ReturnType<typeof api.emailAccounts.list>>["email_accounts"][number];
export type MailboxStanding = Awaited<ReturnType<typeof api.emailAccounts.standings>>["standings"][number];
export type FoundServers = Awaited<ReturnType<typeof api.emailAccounts.discover>>;
export type MailboxInput = Parameters<typeof api.emailAccounts.create>[0];
export type MailboxChange = Parameters<typeof api.emailAccounts.update>[0];

export const mailboxesQuery = queryOptions({
  queryKey: ["mailboxes"],
  queryFn: async () => (await api.emailAccounts.list()).email_accounts,
});

export type DmarcSummary = Awaited<ReturnType<typeof api.sendingDomains.dmarc>>["dmarc"];
export type DomainFinding = Awaited<ReturnType<typeof api.sendingDomains.findings>>["findings"][number];

export const domainOf = ({ email }: Pick<Mailbox, "email">) =>
  email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** What receivers reported of a domain. */
export const dmarcQuery = (domain: string, days: number) =>
  queryOptions({
    queryKey: ["mailboxes", "dmarc", domain, days],
    queryFn: async () => (await api.sendingDomains.dmarc({ domain, days })).dmarc,
    placeholderData: keepPreviousData,
  });

export type DmarcReport = Awaited<ReturnType<typeof api.sendingDomains.reports>>["dmarc_reports"][number];

/** The reports of a day, page by page. */
export const dmarcReportsQuery = (domain: string, day: string) =>
  infiniteQueryOptions({
    queryKey: ["mailboxes", "dmarc", "reports", domain, day],
    queryFn: async ({ pageParam }) =>
      api.sendingDomains.reports({ domain, day, page: pageParam, per_page: 25 }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination: { page, total_pages } }) => (page < total_pages ? page + 1 : undefined),
    select: ({ pages }): DmarcReport[] => pages.flatMap(({ dmarc_reports }) => dmarc_reports),
  });

export const findingsQuery = (domain: string) =>
  queryOptions({
    queryKey: ["mailboxes", "findings", domain],
    queryFn: async () => (await api.sendingDomains.findings({ domain, per_page: 50 })).findings,
  });

/** Budgets move by themselves while mail goes out. */
export const standingsQuery = queryOptions({
  queryKey: ["mailboxes", "standings"],
  queryFn: async () => (await api.emailAccounts.standings()).standings,
  refetchInterval: 30_000,
});

export function useMailboxes() {
  return useQuery(mailboxesQuery);
}

/** Those the person at the screen may send from: their own, those for everybody, and for an admin all. */
export function useSendable() {
  const { user } = useMe();
  const { data = [] } = useMailboxes();
  return data.filter(
    ({ active, revoked_at, seed, user_id, visibility }) =>
      active &&
      !revoked_at &&
      !seed &&
      (user.role === "admin" || user_id === user.id || visibility === "everyone"),
  );
}

/** What most people mean: their own default mailbox, another of theirs, or the only one there is. */
export function usualOf(usable: readonly Mailbox[], userId: string) {
  const mine = usable.filter(({ user_id }) => user_id === userId);
  const only = usable.length === 1 ? usable[0] : undefined;
  return mine.find((mailbox) => mailbox.default) ?? mine[0] ?? only;
}

export function useStandings() {
  return useQuery(standingsQuery);
}

const TYPED_FOR_MS = 500;
const LOOKS_WHOLE = /^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$/;

/** The servers of the address that is being typed, as the installation finds them. */
export function useFoundServers(typed: string, isWanted: boolean) {
  const [email] = useDebouncedValue(typed.trim().toLowerCase(), TYPED_FOR_MS);
  const isAsked = isWanted && LOOKS_WHOLE.test(email);
  const { data = null, isFetching } = useQuery({
    queryKey: ["mail-servers", email],
    queryFn: () => api.emailAccounts.discover({ email }),
    enabled: isAsked,
    staleTime: 300_000,
    retry: false,
  });
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return { found: isAsked ? data : null, isLooking: isAsked && isFetching, domain };
}

export function useConnect() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (wish: MailboxInput) => (await api.emailAccounts.create(wish)).email_account,
    onSuccess: refresh,
  });
}

export function useChangeMailbox() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (change: MailboxChange) => (await api.emailAccounts.update(change)).email_account,
    onSuccess: refresh,
  });
}

/** `told`: what a form shows of the mailbox, which another user may have changed since. */
export function useChangeShownMailbox(shown: Mailbox, told: (now: Mailbox) => unknown) {
  const refresh = useRefresh();
  const readShown = useReadShown();
  return useMutation({
    mutationFn: (change: MailboxChange) =>
      readShown(mailboxesQuery, { shown, told }, (given) => api.emailAccounts.update(change, given)),
    onSuccess: refresh,
  });
}

/** Also after a failed try, which the server notes down. */
export function useTestMailbox() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (id: string) => (await api.emailAccounts.test({ id })).email_account,
    onSettled: refresh,
  });
}

export function useSendTest() {
  return useMutation({
    mutationFn: async (id: string) => (await api.emailAccounts.sendTest({ id })).test,
  });
}

export function useCheckDomain() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.emailAccounts.checkDomain({ id }),
    onSuccess: refresh,
  });
}

export function useSetDkim() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: async (wish: Parameters<typeof api.emailAccounts.setDkim>[0]) =>
      (await api.emailAccounts.setDkim(wish)).email_account,
    onSuccess: refresh,
  });
}

export function useRemoveDkim() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.emailAccounts.removeDkim({ id }),
    onSuccess: refresh,
  });
}

export function useDisconnect() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => api.emailAccounts.disconnect({ id }),
    // Not waited for: the page leaves first, or would show a mailbox that is gone.
    onSuccess: () => void refresh(),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: mailboxesQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["explain"] }),
      queries.invalidateQueries({ queryKey: ["history"] }),
    ]);
}
