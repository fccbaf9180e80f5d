import { Tabs } from "@mantine/core";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Desk } from "../../../parts/desk/Desk.tsx";
import { type DeskRows, useDeskRows } from "../../../parts/desk/useDeskRows.ts";
import { figure } from "../../../parts/figures.ts";
import { useSteady } from "../../../parts/steady.ts";
import { useMe } from "../../../session.ts";
import { ContactStory } from "../../insight/story/ContactStory.tsx";
import type { Mail } from "../mails/queries.ts";
import { MailView } from "./MailView.tsx";
import { OutboxBar } from "./OutboxBar.tsx";
import { OutboxFilters } from "./OutboxFilters.tsx";
import { OutboxList } from "./OutboxList.tsx";
import { type OutboxFilter, type OutboxSection, outboxSource, PARTS, useOutboxCounts } from "./queries.ts";

/** What is to go out: when, what holds it, what could not be sent, and what is not finished. */
export function OutboxPage() {
  const [address, change] = useAddress();
  const filter = useFilter();
  const { part } = filter;
  const list = useDeskRows(
    useMemo(() => outboxSource(filter), [filter]),
    { belongs: (mail) => belongs(mail, part) },
  );
  const openId = address.open ?? list.first?.id;
  const opened = openId === undefined ? undefined : list.find(openId);
  // Of a part of them there are no such counts, only the list's own.
  const isNarrowed = isPartOnly(filter);
  const counts = useOutboxCounts(filter.userId, !isNarrowed).data;
  const open = useSteady((id: string | undefined) => change({ open: id }));
  const leave = (...ids: readonly string[]) => {
    const next = list.nextAfter(ids);
    list.leave(...ids);
    if (openId === undefined || ids.includes(openId)) open(next);
  };
  // While the list is scrolled, its pages arrive: the email beside it is not drawn again for them.
  const onLeave = useSteady(({ id }: Mail) => leave(id));
  return (
    <Desk
      title={t("Outbox")}
      state={isNarrowed ? sayMatching(list) : counts && sayCounts(counts, filter.userId !== null)}
      tabs={<Parts part={part} counts={isNarrowed ? undefined : counts} />}
      filters={<OutboxFilters part={part} />}
      list={<OutboxList list={list} filter={filter} openId={openId} onOpen={open} />}
      story={opened?.contact_id ? <ContactStory id={opened.contact_id} /> : undefined}
      isOpen={address.open !== undefined}
      openId={openId}
      onBack={() => open(undefined)}
    >
      {openId && <MailView key={openId} id={openId} onLeave={onLeave} />}
      <OutboxBar list={list} part={part} onLeave={leave} onBack={list.comeBack} />
    </Desk>
  );
}

function useFilter(): OutboxFilter {
  const [address] = useAddress();
  const { user } = useMe();
  const {
    owner = "me",
    mailbox = null,
    sequence = null,
    q = null,
    status,
    from = null,
    until = null,
  } = address;
  const part = PARTS.find((one) => one === address.tab) ?? "scheduled";
  return useMemo(
    () => ({
      part,
      userId: owner === "me" ? user.id : owner === "all" ? null : owner,
      mailbox,
      sequence,
      words: q,
      isHeld: part === "scheduled" && status === "held",
      from: from && isMoment(from) ? from : null,
      until: until && isMoment(until) ? until : null,
    }),
    [part, owner, user.id, mailbox, sequence, q, status, from, until],
  );
}

const isPartOnly = ({ mailbox, sequence, words, isHeld, from, until }: OutboxFilter) =>
  Boolean(mailbox || sequence || words || isHeld || from || until);

function sayMatching({ matches: total, windowed }: DeskRows<Mail>) {
  if (total === undefined) return undefined;
  return windowed.isAtLeast
    ? t("At least {total, plural, one {# email matches} other {# emails match}} these filters.", { total })
    : t("{total, plural, one {# email matches} other {# emails match}} these filters.", { total });
}

const isMoment = (text: string) => !Number.isNaN(Date.parse(text));

/** Mails in doubt count as scheduled at Apollo, and have a tab of their own here. */
function belongs({ delivery_confirmation: said }: Mail, part: OutboxSection) {
  return part !== "scheduled" || said !== "unconfirmed";
}

type Counts = NonNullable<ReturnType<typeof useOutboxCounts>["data"]>;

const NAMES: Record<OutboxSection, { name: string; count: (counts: Counts) => number }> = perLanguage(() => ({
  scheduled: { name: t("Scheduled"), count: ({ scheduled }) => scheduled },
  failed: { name: t("Failed"), count: ({ failed }) => failed },
  unconfirmed: { name: t("Not confirmed"), count: ({ unconfirmed }) => unconfirmed },
  drafts: { name: t("Drafts"), count: ({ drafted }) => drafted },
}));

function Parts({ part, counts }: { part: OutboxSection; counts: Counts | undefined }) {
  const [, change] = useAddress();
  return (
    <Tabs
      value={part}
      onChange={(tab) =>
        change({ tab: tab === "scheduled" || !tab ? undefined : tab, open: undefined, status: undefined })
      }
      keepMounted={false}
    >
      <Tabs.List aria-label={t("Emails to show")}>
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

/** Of failures only new ones are counted: older ones are listed, and no user need be told of them. */
function Count({ part, counts }: { part: OutboxSection; counts: Counts | undefined }) {
  const count = counts ? NAMES[part].count(counts) : 0;
  if (count === 0) return null;
  return (
    <span data-figures>
      {" "}
      {say(count)}
      {part === "failed" && t(" new")}
    </span>
  );
}

/** The server counts no further. */
function say(count: number) {
  return count >= 1000 ? "1,000+" : figure(count);
}

function sayCounts({ scheduled, held, failed, unconfirmed }: Counts, isOfOne: boolean) {
  const nothing = isOfOne ? t("Nothing scheduled with this filter") : t("Nothing scheduled");
  const parts = [
    scheduled === 0 ? nothing : t("{scheduled} scheduled", { scheduled: say(scheduled) }),
    held > 0 && t("{held} on hold", { held: say(held) }),
    failed > 0 && t("{failed} failed in the last two weeks", { failed: say(failed) }),
    unconfirmed > 0 && t("{unconfirmed} not confirmed", { unconfirmed: say(unconfirmed) }),
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}
