import { Button, Menu, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { download } from "../../../parts/download.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { BarForm } from "./BarForm.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { LiftDialog } from "./LiftDialog.tsx";
import { type Suppression, type SuppressionKind, useSuppressions } from "./queries.ts";
import { SOURCES } from "./words.ts";

export function SuppressionList() {
  const [address, change] = useAddress();
  const kind = (address.kind as SuppressionKind | undefined) ?? null;
  const [text, setText] = useState(address.q ?? "");
  const [q] = useDebouncedValue(text, 200);
  const list = useSuppressions({ q, kind });
  const rows = list.data?.pages.flatMap(({ suppressions }) => suppressions);
  const total = list.data?.pages[0]?.pagination.total_entries;
  const opened = rows?.find(({ id }) => id === address.open);
  const isNarrowed = q !== "" || kind !== null;
  return (
    <Page
      title={t("Do not email list")}
      state={total !== undefined && (isNarrowed ? t("{total, number} found.", { total }) : sayTotal(total))}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "add" })}>
          {t("Add")}
        </Button>
      }
    >
      <div className="stack">
        <div className="row">
          <TextInput
            aria-label={t("Search the list")}
            placeholder={t("Search")}
            leftSection={<IconSearch size="0.875rem" stroke={1.75} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            style={{ flex: "1 1 14rem" }}
          />
          <Segmented
            aria-label={t("Type")}
            data={[
              { value: "", label: t("All") },
              { value: "email", label: t("Addresses") },
              { value: "domain", label: t("Domains") },
              { value: "pattern", label: t("Patterns") },
            ]}
            value={kind ?? ""}
            onChange={(value) => change({ kind: value || undefined })}
          />
          <FileMenu onImport={() => change({ do: "import" })} />
        </div>
        {list.error ? (
          <Trouble error={list.error} onRetry={() => void list.refetch()} />
        ) : rows?.length === 0 ? (
          <Empty
            says={
              isNarrowed
                ? t("No matching entries.")
                : t(
                    "No entries yet. Your team never emails unsubscribed, bounced or added addresses on this list.",
                  )
            }
          />
        ) : (
          <DataTable
            label={t("Do not email list")}
            columns={COLUMNS}
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => change({ open: id })}
          />
        )}
        {list.hasNextPage && (
          <div>
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t("Show more")}
            </Button>
          </div>
        )}
      </div>
      {address.do === "add" && <BarForm onClose={() => change({ do: undefined })} />}
      {address.do === "import" && <ImportDialog onClose={() => change({ do: undefined })} />}
      {opened && <LiftDialog suppression={opened} onClose={() => change({ open: undefined })} />}
    </Page>
  );
}

function FileMenu({ onImport }: { onImport: () => void }) {
  const save = () =>
    download("/api/v1/suppressions", "text/csv", "do-not-mail.csv").catch((error) =>
      toast(
        t("The file could not be created. {value}", { value: error instanceof Error ? error.message : "" }),
      ),
    );
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{t("Files")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUpload size="1rem" />} onClick={onImport}>
          {t("Import a list …")}
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size="1rem" />} onClick={() => void save()}>
          {t("Export all as CSV")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const COLUMNS: Column<Suppression>[] = perLanguage(() => [
  { header: t("Blocked"), width: "36%", cell: ({ value }) => value },
  { header: t("Source"), cell: ({ source }) => SOURCES[source] },
  { header: t("Reason"), width: "26%", cell: ({ reason }) => reason ?? <span className="soft">–</span> },
  { header: t("Since"), align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
]);

function sayTotal(total: number) {
  if (total === 0) return t("The list is empty.");
  return t("{total, plural, one {# entry} other {# entries}} that your team never emails.", { total });
}
