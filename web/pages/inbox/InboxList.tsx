import { Button } from "@mantine/core";
import type { useInfiniteQuery } from "@tanstack/react-query";
import { useAddress } from "../../parts/address.ts";
import { DeskRow } from "../../parts/desk/DeskRow.tsx";
import { DeskEmpty, DeskSkeleton } from "../../parts/desk/DeskStates.tsx";
import { State } from "../../parts/State.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { briefly, dayOf } from "../../parts/when.ts";
import type { InboxFilter, Incoming } from "./queries.ts";
import { capital, sayVerdict, toneOf } from "./words.ts";

type Props = {
  found: Pick<
    ReturnType<typeof useInfiniteQuery>,
    "error" | "refetch" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage"
  >;
  mails: readonly Incoming[] | undefined;
  filter: InboxFilter;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

export function InboxList({ found, mails, filter, openId, onOpen }: Props) {
  const now = new Date();
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!mails) return <DeskSkeleton />;
  if (mails.length === 0) return <NoMails filter={filter} />;
  return (
    <ul>
      {mails.map((mail) => (
        <DeskRow
          key={mail.id}
          isOpen={mail.id === openId}
          isOver={!mail.is_open}
          title={mail.contact?.name ?? mail.from_name ?? mail.from_email ?? "Somebody"}
          aside={briefly(mail.received_at, now)}
          detail={mail.subject ?? "No subject"}
          note={<State kind={toneOf(mail)}>{capital(sayVerdict(mail, (at) => dayOf(at, now)))}</State>}
          onOpen={() => onOpen(mail.id)}
        />
      ))}
      {found.hasNextPage && (
        <li style={{ padding: 12 }}>
          <Button
            variant="default"
            fullWidth
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Load more
          </Button>
        </li>
      )}
    </ul>
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
    </DeskEmpty>
  );
}
