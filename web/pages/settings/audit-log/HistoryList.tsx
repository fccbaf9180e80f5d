import { Button } from "@mantine/core";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { AndMore, useOpenGroups } from "../../../parts/AndMore.tsx";
import { useAddress } from "../../../parts/address.ts";
import { alike, type GroupedRow } from "../../../parts/alike.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../settings/AdminsOnly.tsx";
import { EntryDialog } from "./EntryDialog.tsx";
import { HistoryFilter } from "./HistoryFilter.tsx";
import { type AuditLogEntry, useHistory } from "./queries.ts";
import { By } from "./words.tsx";

export function HistoryList() {
  return (
    <AdminsOnly title={t("History")} what={t("The history shows who did what, when, and from where.")}>
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
    <Page title={t("History")} state={t("Who did what, when, and from where. Entries can't be changed.")}>
      <HistoryFilter value={{ person, about, kind }} onChange={change} />
      {history.error ? (
        <Trouble error={history.error} onRetry={() => void history.refetch()} />
      ) : entries?.length === 0 ? (
        <Empty says={t("No matching entries.")}>
          <Button
            variant="default"
            onClick={() => change({ person: undefined, about: undefined, kind: undefined })}
          >
            {t("Show all")}
          </Button>
        </Empty>
      ) : (
        <DataTable
          label={t("History")}
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
            {t("Load more")}
          </Button>
        </div>
      )}
      {opened && <EntryDialog entry={opened} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}

/** What one act did to many is one line. */
const tells = ({ type, actor }: AuditLogEntry) =>
  [type, actor.user_id, actor.api_key_id, actor.application?.id, actor.cause, actor.address].join(" ");

const COLUMNS: Column<GroupedRow<AuditLogEntry>>[] = perLanguage(() => [
  {
    header: t("Event"),
    width: "52%",
    cell: ({ row }) => <span style={{ fontWeight: 400 }}>{row.sentence}</span>,
  },
  { header: t("By"), cell: ({ row }) => <By entry={row} /> },
  { header: t("IP address"), cell: ({ row }) => row.actor.address ?? <span className="soft">–</span> },
  { header: t("When"), align: "right", cell: ({ row }) => <Moment at={row.at} /> },
]);
