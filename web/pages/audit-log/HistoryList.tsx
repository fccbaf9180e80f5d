import { Button } from "@mantine/core";
import { AndMore, useOpenGroups } from "../../parts/AndMore.tsx";
import { useAddress } from "../../parts/address.ts";
import { alike, type Line } from "../../parts/alike.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Page } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { EntryDialog } from "./EntryDialog.tsx";
import { HistoryFilter } from "./HistoryFilter.tsx";
import { type Entry, useHistory } from "./queries.ts";
import { By } from "./words.tsx";

export function HistoryList() {
  return (
    <AdminsOnly title="History" what="Here stands who did what, when, and from where.">
      <History />
    </AdminsOnly>
  );
}

function History() {
  const [address, change] = useAddress();
  const { person, about, kind } = address;
  const history = useHistory({ person, about, kind });
  const entries = history.data?.pages.flatMap(({ audit_log }) => audit_log);
  const groups = useOpenGroups();
  const opened = entries?.find(({ id }) => id === address.open);
  return (
    <Page title="History" state="Who did what, when, and from where. Nothing here can be changed.">
      <HistoryFilter value={{ person, about, kind }} onChange={change} />
      {history.error ? (
        <Trouble error={history.error} onRetry={() => void history.refetch()} />
      ) : entries?.length === 0 ? (
        <Empty says="Nothing like this has happened yet.">
          <Button
            variant="default"
            onClick={() => change({ person: undefined, about: undefined, kind: undefined })}
          >
            Show everything
          </Button>
        </Empty>
      ) : (
        <DataTable
          label="History"
          columns={COLUMNS}
          rows={entries && alike(entries, tells, groups.open, history.hasNextPage)}
          rowKey={({ row }) => row.id}
          onOpen={({ row }) => change({ open: row.id })}
          beside={(line) => <AndMore line={line} groups={groups} />}
        />
      )}
      {history.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={history.isFetchingNextPage}
            onClick={() => void history.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}

/** What one act did to many is one line. */
const tells = ({ type, actor }: Entry) =>
  [type, actor.user_id, actor.api_key_id, actor.application?.id, actor.cause, actor.address].join(" ");

const COLUMNS: Column<Line<Entry>>[] = [
  {
    header: "What happened",
    width: "52%",
    cell: ({ row }) => <span style={{ fontWeight: 400 }}>{row.sentence}</span>,
  },
  { header: "By", cell: ({ row }) => <By entry={row} /> },
  { header: "From", cell: ({ row }) => row.actor.address ?? <span className="soft">–</span> },
  { header: "When", align: "right", cell: ({ row }) => <Moment at={row.at} /> },
];
