import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { api } from "../../../session.ts";

export type Incoming = Awaited<ReturnType<typeof api.incomingMails.list>>["incoming_mails"][number];
export type Overruling = Parameters<typeof api.incomingMails.overrule>[0];

export type InboxTab = "open" | "snoozed" | "all";

export type InboxFilter = {
  tab: InboxTab;
  userId: string | null;
  verdict: string | null;
  mailbox: string | null;
  sequence: string | null;
  /** In the subject, the text, and in names and addresses of the sender, the contact and the company. */
  words: string | null;
};

/** By more than its tab and whose emails they are. */
export function isNarrowed({ verdict, mailbox, sequence, words }: InboxFilter) {
  return [verdict, mailbox, sequence, words].some((one) => one !== null);
}

type ListInput = NonNullable<Parameters<typeof api.incomingMails.list>[0]>;
type Kind = Incoming["kind"];

const AT_ONCE = 30;
const PAGES_REACH = 50_000;
/** Automatic mail and unrelated mail are left out: users do not want to read them. */
const SHOWN: Kind[] = [
  ...(["reply", "unsubscribe", "out_of_office", "auto_reply", "challenge", "bounce"] as const),
  ...(["delay", "complaint", "unreadable"] as const),
];

export function inboxSource(filter: InboxFilter): WindowSource<Incoming> {
  const { tab, userId, mailbox, sequence, verdict, words } = filter;
  return {
    key: ["inbox", filter],
    size: AT_ONCE,
    reach: PAGES_REACH,
    everyMs: 60_000,
    fetch: async ({ page, size, cursor }) => {
      const { incoming_mails, pagination } = await api.incomingMails.list({
        ...(cursor ? { cursor } : { page }),
        per_page: size,
        ...TABS[tab],
        ...(userId && { user_id: userId }),
        ...(mailbox && { email_account_id: mailbox }),
        ...(sequence && { emailer_campaign_ids: [sequence] }),
        ...(words && { q_keywords: words }),
        ...(verdict === "holds" ? { holds: true } : verdictFilter(verdict, tab !== "all")),
      });
      return { rows: incoming_mails, total: pagination.total_entries, cursor: pagination.next_cursor };
    },
  };
}

const TABS: Record<InboxTab, Partial<ListInput>> = {
  open: { is_open: true, snoozed: false, holds_first: true },
  snoozed: { is_open: true, snoozed: true },
  all: { about_us: true },
};

/** "reply" for all replies, "reply:willing_to_meet" for those of one class, or another kind. */
function verdictFilter(verdict: string | null, isOpen: boolean): Partial<ListInput> {
  const [kind, replyClass] = verdict?.split(":") ?? [];
  if (replyClass) return { kinds: ["reply"], reply_classes: [replyClass] };
  if (kind) return { kinds: [kind as Kind] };
  return isOpen ? {} : { kinds: SHOWN };
}

export function useIncoming(id: string | undefined) {
  return useQuery({
    queryKey: ["inbox", "one", id],
    queryFn: async () => (await api.incomingMails.get({ id: id ?? "" })).incoming_mail,
    enabled: id !== undefined,
  });
}

/** The mails to and from a contact, the oldest first. */
export function useThread(contactId: string | null) {
  return useQuery({
    queryKey: ["inbox", "thread", contactId],
    queryFn: async () => {
      const id = contactId ?? "";
      const [{ emailer_messages: sent }, { incoming_mails: came }, { notes }] = await Promise.all([
        api.emailerMessages.search({ contact_ids: [id], sort_by_field: "completed_at", per_page: 50 }),
        api.incomingMails.list({ contact_id: id, per_page: 50 }),
        api.notes.list({ contact_id: id, limit: 50 }),
      ]);
      return { sent, came, notes };
    },
    enabled: contactId !== null,
  });
}

const TOUCHED = [
  "inbox",
  "waiting",
  "story",
  "contacts",
  "enrollments",
  "mails",
  "tasks",
  "today",
  "explain",
];

export function useInboxChanges() {
  const queries = useQueryClient();
  // Not waited for: the message is shown first, and the page leaves.
  const onSuccess = () =>
    void Promise.all(TOUCHED.map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
  return {
    handle: useMutation({
      mutationFn: (wish: Parameters<typeof api.incomingMails.handle>[0]) => api.incomingMails.handle(wish),
      onSuccess,
    }),
    handleMany: useMutation({
      mutationFn: ({ ids, handled }: { ids: readonly string[]; handled: boolean }) =>
        inTurn(chunksOf(ids, 1000), (some) =>
          api.incomingMails.bulkHandle({ incoming_mail_ids: some, handled }),
        ),
      onSuccess,
    }),
    snooze: useMutation({
      mutationFn: ({ ids, until }: { ids: readonly string[]; until: Date | null }) =>
        inTurn(chunksOf(ids, 1000), (some) =>
          api.incomingMails.bulkSnooze({
            incoming_mail_ids: some,
            until: until?.toISOString() ?? null,
          }),
        ),
      onSuccess,
    }),
    assign: useMutation({
      mutationFn: ({ ids, userId }: { ids: readonly string[]; userId: string | null }) =>
        inTurn(chunksOf(ids, 1000), (some) =>
          api.incomingMails.bulkAssign({ incoming_mail_ids: some, user_id: userId }),
        ),
      onSuccess,
    }),
    overruleMany: useMutation({
      mutationFn: ({ ids, wish }: { ids: readonly string[]; wish: Omit<Overruling, "id"> }) =>
        inTurn(chunksOf(ids, 100), (some) =>
          api.incomingMails.bulkOverrule({ incoming_mail_ids: some, ...wish }),
        ),
      onSuccess,
    }),
    settle: useMutation({
      mutationFn: (wish: Parameters<typeof api.incomingMails.settle>[0]) => api.incomingMails.settle(wish),
      onSuccess,
    }),
    decideSuggestion: useMutation({
      mutationFn: (wish: Parameters<typeof api.incomingMails.decideSuggestion>[0]) =>
        api.incomingMails.decideSuggestion(wish),
      onSuccess,
    }),
    overrule: useMutation({ mutationFn: (wish: Overruling) => api.incomingMails.overrule(wish), onSuccess }),
    finish: useMutation({
      mutationFn: ({ contactId, sequenceId }: ContactInSequence) =>
        api.enrollments.removeOrStop({
          emailer_campaign_ids: [sequenceId],
          contact_ids: [contactId],
          mode: "mark_as_finished",
        }),
      onSuccess,
    }),
    pause: useMutation({
      mutationFn: ({ contactId, sequenceId }: ContactInSequence) =>
        api.enrollments.pause({ id: sequenceId, contact_ids: [contactId] }),
      onSuccess,
    }),
    resume: useMutation({
      mutationFn: ({ contactId, sequenceId }: ContactInSequence) =>
        api.enrollments.resume({ id: sequenceId, contact_ids: [contactId] }),
      onSuccess,
    }),
    undo: useMutation({ mutationFn: (id: string) => api.changes.undo({ id }), onSuccess }),
  };
}

export type ContactInSequence = { contactId: string; sequenceId: string };
