import { Button } from "@mantine/core";
import { useAddress } from "../../parts/address.ts";
import { DeskList } from "../../parts/desk/DeskList.tsx";
import { DeskRow } from "../../parts/desk/DeskRow.tsx";
import { DeskEmpty } from "../../parts/desk/DeskStates.tsx";
import type { DeskRows } from "../../parts/desk/useDeskRows.ts";
import { State } from "../../parts/State.tsx";
import { briefly } from "../../parts/when.ts";
import type { Mail } from "../mails/queries.ts";
import { ShowEverybodys } from "../people/ShowEverybodys.tsx";
import type { OutboxFilter, Part } from "./queries.ts";
import { dayTitle, standingOf } from "./words.ts";

type Props = {
  list: DeskRows<Mail>;
  filter: OutboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function OutboxList({ list, filter, openId, onOpen }: Props) {
  const now = new Date();
  return (
    <DeskList
      label="Mails"
      list={list}
      openId={openId}
      storageKey="outbox"
      {...(filter.part === "scheduled" && { groupOf: (mail: Mail) => dayTitle(mail, now) })}
      empty={<NoMails part={filter.part} />}
      row={(mail) => (
        <Row
          mail={mail}
          list={list}
          isOpen={mail.id === openId}
          now={now}
          onOpen={onOpen}
          part={filter.part}
        />
      )}
    />
  );
}

type RowProps = {
  mail: Mail;
  list: DeskRows<Mail>;
  part: Part;
  isOpen: boolean;
  now: Date;
  onOpen: (id: string) => void;
};

function Row({ mail, list: { selection }, part, isOpen, now, onOpen }: RowProps) {
  const { kind, word } = standingOf(mail);
  const at = mail.failed_at ?? mail.due_at ?? mail.created_at;
  const held = mail.schedule_delayed_reason_details?.sentence;
  const who = mail.to_name ?? mail.to_email ?? "Nobody";
  return (
    <DeskRow
      isOpen={isOpen}
      title={who}
      aside={briefly(at, now)}
      detail={mail.subject || "No subject"}
      note={
        <>
          <State kind={kind}>{word}</State>
          {held && ` · ${held}`}
        </>
      }
      onOpen={() => onOpen(mail.id)}
      // What became of a mail is looked up one by one.
      {...(part !== "unconfirmed" && {
        choice: {
          isChosen: selection.has(mail.id),
          label: `Choose the mail to ${who}`,
          onToggle: () => selection.toggle(mail.id, mail),
        },
      })}
    />
  );
}

const EMPTY: Record<Part, string> = {
  scheduled: "Nothing is scheduled. Mails of sequences come here a day before they go out.",
  failed: "Nothing has failed.",
  unconfirmed: "Every mail server has said what became of its mail.",
  drafts: "No mail has been begun.",
};

function NoMails({ part }: { part: Part }) {
  const [address, change] = useAddress();
  const isNarrowed = address.mailbox || address.sequence || address.q;
  return (
    <DeskEmpty says={isNarrowed ? "No mail is like that." : EMPTY[part]}>
      {isNarrowed ? (
        <Button
          variant="default"
          onClick={() => change({ mailbox: undefined, sequence: undefined, q: undefined })}
        >
          Show all
        </Button>
      ) : (
        <ShowEverybodys />
      )}
    </DeskEmpty>
  );
}
