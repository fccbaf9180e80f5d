import { Button } from "@mantine/core";
import { useAddress } from "../../parts/address.ts";
import { capital } from "../../parts/capital.ts";
import { DeskList } from "../../parts/desk/DeskList.tsx";
import { DeskRow } from "../../parts/desk/DeskRow.tsx";
import { DeskEmpty } from "../../parts/desk/DeskStates.tsx";
import type { DeskRows } from "../../parts/desk/useDeskRows.ts";
import { State } from "../../parts/State.tsx";
import { briefly, dayOf } from "../../parts/when.ts";
import { ShowEverybodys } from "../people/ShowEverybodys.tsx";
import type { InboxFilter, Incoming } from "./queries.ts";
import { brieflyHeld, sayVerdict, toneOf, whoWrote } from "./words.ts";

type Props = {
  list: DeskRows<Incoming>;
  filter: InboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function InboxList({ list, filter, openId, onOpen }: Props) {
  const now = new Date();
  const { selection } = list;
  return (
    <DeskList
      label="Mails"
      list={list}
      openId={openId}
      storageKey="inbox"
      empty={<NoMails filter={filter} />}
      row={(mail) => (
        <DeskRow
          isOpen={mail.id === openId}
          isOver={!mail.is_open}
          title={whoWrote(mail)}
          aside={briefly(mail.received_at, now)}
          detail={mail.subject ?? "No subject"}
          note={
            <>
              <State kind={toneOf(mail)}>{capital(sayVerdict(mail, (at) => dayOf(at, now)))}</State>
              {mail.hold && <span className="soft"> · {brieflyHeld(mail.hold, (at) => dayOf(at, now))}</span>}
            </>
          }
          onOpen={() => onOpen(mail.id)}
          choice={{
            isChosen: selection.has(mail.id),
            label: `Choose the mail of ${whoWrote(mail)}`,
            onToggle: () => selection.toggle(mail.id, mail),
          }}
        />
      )}
    />
  );
}

function NoMails({ filter }: { filter: InboxFilter }) {
  const [address, change] = useAddress();
  const isSomebodys = address.owner && address.owner !== "all";
  if (address.reason || address.mailbox || address.sequence || isSomebodys)
    return (
      <DeskEmpty says="No mail is like that.">
        <Button
          variant="default"
          onClick={() =>
            change({ reason: undefined, mailbox: undefined, sequence: undefined, owner: undefined })
          }
        >
          Show all of mine
        </Button>
      </DeskEmpty>
    );
  return (
    <DeskEmpty
      says={
        filter.isOpen
          ? "Replies to your mails come here, from all mailboxes. What machines answer is sorted out already."
          : "Nothing has come back yet."
      }
    >
      {filter.isOpen && (
        <Button variant="default" onClick={() => change({ tab: "all" })}>
          Show all that came
        </Button>
      )}
      <ShowEverybodys />
    </DeskEmpty>
  );
}
