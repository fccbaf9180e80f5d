import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Desk } from "../../parts/desk/Desk.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { useMe } from "../../session.ts";
import { ContactStory } from "../story/ContactStory.tsx";
import { nextAfter } from "../tasks/groups.ts";
import { InboxFilters } from "./InboxFilters.tsx";
import { InboxList } from "./InboxList.tsx";
import { IncomingView } from "./IncomingView.tsx";
import { type InboxFilter, type Incoming, inboxQuery, useIncoming } from "./queries.ts";

/** What came back, across mailboxes: what each was taken for and why, and what is to be answered. */
export function InboxPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const found = useInfiniteQuery(inboxQuery(filter));
  const all = found.data?.pages.flatMap((page) => page.incoming_mails);
  const mails = all?.filter(({ id }) => !filter.isOpen || !gone.has(id) || id === address.open);
  const openId = address.open ?? mails?.[0]?.id;
  const current = useIncoming(openId);
  const open = (id: string | undefined) => change({ open: id });
  const leave = ({ id }: Incoming) => {
    if (!filter.isOpen) return;
    const next = nextAfter(
      (mails ?? []).map((mail) => mail.id),
      id,
    );
    setGone((before) => new Set(before).add(id));
    open(next);
  };
  const comeBack = ({ id }: Incoming) => {
    setGone((before) => new Set([...before].filter((one) => one !== id)));
    open(id);
  };
  const total = found.data?.pages[0]?.pagination.total_entries;
  return (
    <Desk
      title="Inbox"
      state={total === undefined ? undefined : sayTotal(total, filter)}
      filters={<InboxFilters />}
      list={<InboxList found={found} mails={mails} filter={filter} openId={openId} onOpen={open} />}
      story={current.data?.contact_id ? <ContactStory id={current.data.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {openId ? (
        <IncomingView key={openId} id={openId} onLeave={leave} onBack={comeBack} />
      ) : (
        mails?.length === 0 && filter.isOpen && <Empty says="Everything is answered." />
      )}
    </Desk>
  );
}

function useFilter(): InboxFilter {
  const [address] = useAddress();
  const { user } = useMe();
  const { owner = "me", reason = null, mailbox = null, sequence = null } = address;
  return {
    isOpen: address.tab !== "all",
    userId: owner === "me" ? user.id : owner === "all" ? null : owner,
    verdict: reason,
    ...{ mailbox, sequence },
  };
}

function sayTotal(total: number, { isOpen }: InboxFilter) {
  if (!isOpen && total === 0) return "Nothing has come back yet.";
  if (!isOpen) return total === 1 ? "One mail came back." : `${total.toLocaleString("en")} mails came back.`;
  if (total === 0) return "Nothing waits for an answer.";
  return total === 1 ? "One waits for an answer." : `${total.toLocaleString("en")} wait for an answer.`;
}
