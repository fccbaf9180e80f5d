import { Button } from "@mantine/core";
import { useAddress } from "../../parts/address.ts";
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
          rows={entries}
          rowKey={({ id }) => id}
          onOpen={({ id }) => change({ open: id })}
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

const COLUMNS: Column<Entry>[] = [
  {
    header: "What happened",
    width: "52%",
    cell: ({ sentence }) => <span style={{ fontWeight: 400 }}>{sentence}</span>,
  },
  { header: "By", cell: (entry) => <By entry={entry} /> },
  { header: "From", cell: ({ actor }) => actor.address ?? <span className="soft">–</span> },
  { header: "When", align: "right", cell: ({ at }) => <Moment at={at} /> },
];
