import { Button } from "@mantine/core";
import { useCallback } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { currentMinute } from "../../../parts/current-time.ts";
import { DeskList } from "../../../parts/desk/DeskList.tsx";
import { DeskRow } from "../../../parts/desk/DeskRow.tsx";
import { DeskEmpty } from "../../../parts/desk/DeskStates.tsx";
import type { DeskRows } from "../../../parts/desk/useDeskRows.ts";
import { State } from "../../../parts/State.tsx";
import { useSteady } from "../../../parts/steady.ts";
import { toldIn } from "../../../parts/told.ts";
import { briefly, timeOfDay } from "../../../parts/when.ts";
import { ShowEverybodys } from "../../settings/people/ShowEverybodys.tsx";
import type { Mail } from "../mails/queries.ts";
import { type OutboxFilter, type OutboxSection, useOutboxCounts } from "./queries.ts";
import { dayTitle, standingOf } from "./words.ts";

type Props = {
  list: DeskRows<Mail>;
  filter: OutboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function OutboxList({ list, filter, openId, onOpen }: Props) {
  const now = currentMinute();
  const { part } = filter;
  const { selection } = list;
  const choose = useSteady(list.choose);
  const draw = useCallback(
    (mail: Mail) => (
      <Row
        mail={mail}
        isOpen={mail.id === openId}
        isChosen={selection.has(mail.id)}
        now={now}
        onOpen={onOpen}
        onChoose={choose}
        part={part}
      />
    ),
    [openId, selection, now, onOpen, choose, part],
  );
  return (
    <DeskList
      label={t("Emails")}
      list={list}
      openId={openId}
      storageKey="outbox"
      {...(part === "scheduled" && { groupOf: (mail: Mail) => dayTitle(mail, now) })}
      empty={<NoMails part={part} />}
      mayChoose={mayChoose(part)}
      row={draw}
    />
  );
}

/** What became of a mail is looked up one by one. */
function mayChoose(part: OutboxSection) {
  return part !== "unconfirmed";
}

type RowProps = {
  mail: Mail;
  part: OutboxSection;
  isOpen: boolean;
  isChosen: boolean;
  now: Date;
  onOpen: (id: string) => void;
  onChoose: (mail: Mail, upToHere: boolean) => void;
};

function Row({ mail, part, isOpen, isChosen, now, onOpen, onChoose }: RowProps) {
  const { kind, word } = standingOf(mail);
  const at = mail.failed_at ?? mail.due_at ?? mail.created_at;
  const held = mail.schedule_delayed_reason_details?.sentence;
  const who = mail.to_name ?? mail.to_email ?? t("No recipient");
  return (
    <DeskRow
      isOpen={isOpen}
      title={who}
      aside={part === "scheduled" && Date.parse(at) > now.getTime() ? timeOfDay(at) : briefly(at, now)}
      detail={mail.subject || t("No subject")}
      note={
        <>
          <State kind={kind}>{word}</State>
          {held && ` · ${toldIn(held, now)}`}
        </>
      }
      onOpen={() => onOpen(mail.id)}
      {...(mayChoose(part) && {
        choice: {
          isChosen,
          label: t("Select the email to {who}", { who }),
          onToggle: (upToHere: boolean) => onChoose(mail, upToHere),
        },
      })}
    />
  );
}

const EMPTY: Record<OutboxSection, string> = perLanguage(() => ({
  scheduled: t("No scheduled emails. Sequence emails appear here one day before they are sent."),
  failed: t("No failed emails."),
  unconfirmed: t("All deliveries are confirmed."),
  drafts: t("No drafts."),
}));

const EVERY_MAIL = {
  mailbox: undefined,
  sequence: undefined,
  q: undefined,
  status: undefined,
  from: undefined,
  until: undefined,
};

/** The server counts no further than a thousand. */
function sayTeam(scheduled: number) {
  if (scheduled >= 1000)
    return t("Nothing of yours is scheduled. More than {most, number} emails of the team are.", {
      most: 999,
    });
  return t(
    "Nothing of yours is scheduled. {scheduled, plural, one {# email of the team is.} other {# emails of the team are.}}",
    { scheduled },
  );
}

function NoMails({ part }: { part: OutboxSection }) {
  const [address, change] = useAddress();
  const isNarrowed = address.mailbox || address.sequence || address.q || address.status || address.until;
  const isMine = (address.owner ?? "me") === "me";
  const asksTeam = isMine && !isNarrowed && part === "scheduled";
  const { data: ofTeam, isPending } = useOutboxCounts(null, asksTeam);
  if (asksTeam && isPending) return null; // whether the team has some is not known yet
  if (ofTeam && ofTeam.scheduled > 0 && isMine && !isNarrowed)
    return (
      <DeskEmpty says={sayTeam(ofTeam.scheduled)}>
        <ShowEverybodys />
      </DeskEmpty>
    );
  return (
    <DeskEmpty says={isNarrowed ? t("No emails match these filters.") : EMPTY[part]}>
      {isNarrowed ? (
        <Button variant="default" onClick={() => change(EVERY_MAIL)}>
          {t("Show all")}
        </Button>
      ) : (
        <ShowEverybodys />
      )}
    </DeskEmpty>
  );
}
