import { useMemo, useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Desk } from "../../../parts/desk/Desk.tsx";
import { useDeskRows } from "../../../parts/desk/useDeskRows.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { useSteady } from "../../../parts/steady.ts";
import { useMe } from "../../../session.ts";
import { ContactStory } from "../../insight/story/ContactStory.tsx";
import { InboxBar } from "./InboxBar.tsx";
import { InboxFilters, tabIn } from "./InboxFilters.tsx";
import { InboxList } from "./InboxList.tsx";
import { IncomingView } from "./IncomingView.tsx";
import { type InboxFilter, type Incoming, inboxSource, isNarrowed, useIncoming } from "./queries.ts";

/** What came back, across mailboxes: what each was taken for and why, and what is to be answered. */
export function InboxPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const list = useDeskRows(
    useMemo(() => inboxSource(filter), [filter]),
    { keeps: (id) => id === address.open },
  );
  const openId = address.open ?? list.first?.id;
  const current = useIncoming(openId);
  const open = useSteady((id: string | undefined) => change({ open: id }));
  const leave = (...ids: readonly string[]) => {
    if (filter.tab === "all") return;
    const next = list.nextAfter(ids);
    list.leave(...ids);
    if (openId === undefined || ids.includes(openId)) open(next);
  };
  const comeBack = (...ids: readonly string[]) => {
    list.comeBack(...ids);
    open(ids[0]);
  };
  /** The email whose reply has just been sent. It stays open until the user goes on. */
  const [replied, setReplied] = useState<{ id: string; next: string | undefined } | null>(null);
  const stay = ({ id }: Incoming) => {
    if (filter.tab === "all") return;
    setReplied({ id, next: list.nextAfter([id]) });
    list.leave(id);
    open(id);
  };
  // While the list is scrolled, its pages arrive: what is read beside it is not drawn again for them.
  const onLeave = useSteady(({ id }: Incoming) => leave(id));
  const onReplied = useSteady(stay);
  const onBack = useSteady(({ id }: Incoming) => comeBack(id));
  const onNext = useSteady(() => open(replied?.next));
  const { matches: total } = list;
  return (
    <Desk
      title={t("Inbox")}
      state={total === undefined ? undefined : sayTotal(total, filter)}
      filters={<InboxFilters />}
      list={<InboxList list={list} filter={filter} openId={openId} onOpen={open} />}
      story={current.data?.contact_id ? <ContactStory id={current.data.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {openId ? (
        <IncomingView
          key={openId}
          id={openId}
          onLeave={onLeave}
          onReplied={onReplied}
          onNext={replied?.id === openId ? onNext : null}
          onBack={onBack}
        />
      ) : (
        total === 0 &&
        filter.tab === "open" &&
        !isNarrowed(filter) && <Empty says={t("No emails need a reply.")} />
      )}
      <InboxBar list={list} onLeave={leave} onBack={comeBack} />
    </Desk>
  );
}

function useFilter(): InboxFilter {
  const [address] = useAddress();
  const { user } = useMe();
  const { owner = "me", reason = null, mailbox = null, sequence = null, q = null } = address;
  const tab = tabIn(address);
  return useMemo(
    () => ({
      tab,
      userId: owner === "me" ? user.id : owner === "all" ? null : owner,
      verdict: reason,
      mailbox,
      sequence,
      words: q,
    }),
    [tab, owner, user.id, reason, mailbox, sequence, q],
  );
}

function sayTotal(total: number, filter: InboxFilter) {
  const { tab } = filter;
  if (total === 0 && isNarrowed(filter)) return t("No emails match these filters.");
  if (tab === "snoozed") return t("{total, plural, one {# email} other {# emails}} snoozed.", { total });
  if (tab === "all" && total === 0) return t("No emails received yet.");
  if (tab === "all") return t("{total, plural, one {# email} other {# emails}} received.", { total });
  if (total === 0) return t("Nothing needs a reply.");
  return t("{total, plural, one {# email needs a reply.} other {# emails need a reply.}}", { total });
}
