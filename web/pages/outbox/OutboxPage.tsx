import { Tabs } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Desk } from "../../parts/desk/Desk.tsx";
import { useMe } from "../../session.ts";
import type { Mail } from "../mails/queries.ts";
import { ContactStory } from "../story/ContactStory.tsx";
import { nextAfter } from "../tasks/groups.ts";
import { MailView } from "./MailView.tsx";
import { OutboxFilters } from "./OutboxFilters.tsx";
import { OutboxList } from "./OutboxList.tsx";
import { type OutboxFilter, outboxQuery, PARTS, type Part, useOutboxCounts } from "./queries.ts";

/** What is to go out: when, what holds it, what could not be sent, and what is not finished. */
export function OutboxPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const found = useInfiniteQuery(outboxQuery(filter));
  const all = found.data?.pages.flatMap((page) => page.emailer_messages);
  const mails = all?.filter((mail) => !gone.has(mail.id) && belongs(mail, filter.part));
  const openId = address.open ?? mails?.[0]?.id;
  const opened = mails?.find(({ id }) => id === openId);
  const counts = useOutboxCounts(filter.userId).data;
  const open = (id: string | undefined) => change({ open: id });
  const leave = ({ id }: Mail) => {
    const next = nextAfter(
      (mails ?? []).map((mail) => mail.id),
      id,
    );
    setGone((before) => new Set(before).add(id));
    open(next);
  };
  return (
    <Desk
      title="Outbox"
      state={counts && sayCounts(counts)}
      tabs={<Parts part={filter.part} counts={counts} />}
      filters={<OutboxFilters />}
      list={<OutboxList found={found} mails={mails} filter={filter} openId={openId} onOpen={open} />}
      story={opened?.contact_id ? <ContactStory id={opened.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {openId && <MailView key={openId} id={openId} onLeave={leave} />}
    </Desk>
  );
}

function useFilter(): OutboxFilter {
  const [address] = useAddress();
  const { user } = useMe();
  const { owner = "me", mailbox = null, sequence = null, q = null } = address;
  return {
    part: PARTS.find((part) => part === address.tab) ?? "scheduled",
    userId: owner === "me" ? user.id : owner === "all" ? null : owner,
    ...{ mailbox, sequence },
    words: q,
  };
}

/** What nobody can be sure of counts as scheduled at Apollo, and has a place of its own here. */
function belongs({ delivery_confirmation: said }: Mail, part: Part) {
  return part !== "scheduled" || said !== "unconfirmed";
}

type Counts = NonNullable<ReturnType<typeof useOutboxCounts>["data"]>;

const NAMES: Record<Part, { name: string; count: (counts: Counts) => number }> = {
  scheduled: { name: "Scheduled", count: ({ scheduled }) => scheduled },
  failed: { name: "Failed", count: ({ failed }) => failed },
  unconfirmed: { name: "Not confirmed", count: ({ unconfirmed }) => unconfirmed },
  drafts: { name: "Drafts", count: ({ drafted }) => drafted },
};

function Parts({ part, counts }: { part: Part; counts: Counts | undefined }) {
  const [, change] = useAddress();
  return (
    <Tabs
      value={part}
      onChange={(tab) => change({ tab: tab === "scheduled" || !tab ? undefined : tab, open: undefined })}
      variant="pills"
      keepMounted={false}
    >
      <Tabs.List aria-label="Which mails">
        {PARTS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {NAMES[one].name}
            <Count part={one} counts={counts} />
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

/** Of failures, those that are news: older ones are listed, and nobody need be told of them. */
function Count({ part, counts }: { part: Part; counts: Counts | undefined }) {
  const count = counts ? NAMES[part].count(counts) : 0;
  if (count === 0) return null;
  return (
    <span data-figures>
      {" "}
      {say(count)}
      {part === "failed" && " new"}
    </span>
  );
}

/** Nobody counts further. */
function say(count: number) {
  return count >= 1000 ? "1,000+" : count.toLocaleString("en");
}

function sayCounts({ scheduled, held, failed, unconfirmed }: Counts) {
  const parts = [
    scheduled === 0 ? "Nothing is scheduled" : `${say(scheduled)} scheduled`,
    held > 0 && `${say(held)} of them held`,
    failed > 0 && `${say(failed)} failed in the last two weeks`,
    unconfirmed > 0 && `${say(unconfirmed)} not confirmed`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
