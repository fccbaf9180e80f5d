import { Button } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useCallback } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { capital } from "../../../parts/capital.ts";
import { currentMinute } from "../../../parts/current-time.ts";
import { DeskList } from "../../../parts/desk/DeskList.tsx";
import { DeskRow } from "../../../parts/desk/DeskRow.tsx";
import { DeskEmpty } from "../../../parts/desk/DeskStates.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { State } from "../../../parts/State.tsx";
import { useSteady } from "../../../parts/steady.ts";
import { briefly, dayAndTime, dayOf } from "../../../parts/when.ts";
import { ShowEverybodys } from "../../settings/people/ShowEverybodys.tsx";
import { type InboxFilter, type Incoming, isNarrowed } from "./queries.ts";
import { brieflyHeld, isSnoozed, sayVerdict, toneOf, whoWrote } from "./words.ts";

type Props = {
  list: DeskRows<Incoming>;
  filter: InboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function InboxList({ list, filter, openId, onOpen }: Props) {
  const now = currentMinute();
  const { selection } = list;
  const choose = useSteady(list.choose);
  const draw = useCallback(
    (mail: Incoming) => (
      <Row
        mail={mail}
        isOpen={mail.id === openId}
        isChosen={selection.has(mail.id)}
        now={now}
        onOpen={onOpen}
        onChoose={choose}
      />
    ),
    [openId, selection, now, onOpen, choose],
  );
  return (
    <DeskList
      label={t("Emails")}
      list={list}
      openId={openId}
      storageKey="inbox"
      empty={<NoMails filter={filter} />}
      row={draw}
    />
  );
}

type RowProps = {
  mail: Incoming;
  isOpen: boolean;
  isChosen: boolean;
  now: Date;
  onOpen: (id: string) => void;
  onChoose: (mail: Incoming, upToHere: boolean) => void;
};

function Row({ mail, isOpen, isChosen, now, onOpen, onChoose }: RowProps) {
  return (
    <DeskRow
      isOpen={isOpen}
      isOver={!mail.is_open}
      title={whoWrote(mail)}
      aside={briefly(mail.received_at, now)}
      detail={
        <>
          {hasFiles(mail) && <Clip />}
          {mail.subject ?? t("No subject")}
        </>
      }
      note={
        <>
          <State kind={toneOf(mail)}>{capital(sayVerdict(mail, (at) => dayOf(at, now)))}</State>
          {mail.hold && <span className="soft"> · {brieflyHeld(mail.hold, (at) => dayOf(at, now))}</span>}
          {isSnoozed(mail, now) && (
            <span className="soft">
              {" · "}
              {t("until {when}", { when: dayAndTime(mail.snoozed_until ?? "", now) })}
            </span>
          )}
        </>
      }
      onOpen={() => onOpen(mail.id)}
      choice={{
        isChosen,
        label: t("Select the email from {mail}", { mail: whoWrote(mail) }),
        onToggle: (upToHere) => onChoose(mail, upToHere),
      }}
    />
  );
}

function hasFiles({ attachments }: Incoming) {
  return attachments.some(({ is_inline }) => !is_inline);
}

function Clip() {
  return (
    <IconPaperclip
      size="0.75rem"
      stroke={1.75}
      role="img"
      aria-label={t("Has attachments")}
      style={{ marginRight: 4, verticalAlign: "-1px" }}
    />
  );
}

const EVERYTHING = {
  reason: undefined,
  mailbox: undefined,
  sequence: undefined,
  owner: undefined,
  q: undefined,
};

function NoMails({ filter }: { filter: InboxFilter }) {
  const [address, change] = useAddress();
  const isSomebodys = address.owner && address.owner !== "all";
  if (isNarrowed(filter) || isSomebodys)
    return (
      <DeskEmpty says={t("No emails match these filters.")}>
        <Button variant="default" onClick={() => change(EVERYTHING)}>
          {t("Show all my emails")}
        </Button>
      </DeskEmpty>
    );
  const says = {
    open: t("Replies to your emails appear here, from all mailboxes. Automatic replies are filtered out."),
    snoozed: t("No snoozed emails. Snooze an email to hide it from the inbox until a time that you choose."),
    all: t("No replies yet."),
  };
  return (
    <DeskEmpty says={says[filter.tab]}>
      {filter.tab === "open" && (
        <Button variant="default" onClick={() => change({ tab: "all" })}>
          {t("Show all emails")}
        </Button>
      )}
      <ShowEverybodys />
    </DeskEmpty>
  );
}
