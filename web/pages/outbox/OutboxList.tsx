import { Button } from "@mantine/core";
import type { useInfiniteQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { DeskGroup, DeskRow } from "../../parts/desk/DeskRow.tsx";
import { DeskEmpty, DeskSkeleton } from "../../parts/desk/DeskStates.tsx";
import { State } from "../../parts/State.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { briefly } from "../../parts/when.ts";
import type { Mail } from "../mails/queries.ts";
import type { OutboxFilter, Part } from "./queries.ts";
import { groupByDay, standingOf } from "./words.ts";

type Props = {
  found: Pick<
    ReturnType<typeof useInfiniteQuery>,
    "error" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
  >;
  mails: readonly Mail[] | undefined;
  filter: OutboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function OutboxList({ found, mails, filter, openId, onOpen }: Props) {
  const now = new Date();
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!mails) return <DeskSkeleton />;
  if (mails.length === 0) return <NoMails part={filter.part} />;
  const row = (mail: Mail) => (
    <Row key={mail.id} mail={mail} isOpen={mail.id === openId} now={now} onOpen={onOpen} />
  );
  return (
    <>
      {filter.part === "scheduled" ? (
        groupByDay(mails, now).map(([title, ofDay]) => (
          <DeskGroup key={title} title={title}>
            {ofDay.map(row)}
          </DeskGroup>
        ))
      ) : (
        <ul>{mails.map(row)}</ul>
      )}
      {found.hasNextPage && (
        <div style={{ padding: 12 }}>
          <Button
            variant="default"
            fullWidth
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

type RowProps = { mail: Mail; isOpen: boolean; now: Date; onOpen: (id: string) => void };

function Row({ mail, isOpen, now, onOpen }: RowProps) {
  const { kind, word } = standingOf(mail);
  const at = mail.failed_at ?? mail.due_at ?? mail.created_at;
  const held = mail.schedule_delayed_reason_details?.sentence;
  return (
    <DeskRow
      isOpen={isOpen}
      title={mail.to_name ?? mail.to_email ?? "Nobody"}
      aside={briefly(at, now)}
      detail={mail.subject || "No subject"}
      note={
        <>
          <State kind={kind}>{word}</State>
          {held && ` · ${held}`}
        </>
      }
      onOpen={() => onOpen(mail.id)}
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
      {isNarrowed && (
        <Button
          variant="default"
          onClick={() => change({ mailbox: undefined, sequence: undefined, q: undefined })}
        >
          Show all
        </Button>
      )}
    </DeskEmpty>
  );
}
