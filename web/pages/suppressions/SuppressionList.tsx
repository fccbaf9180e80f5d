import { Button, Menu, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { download } from "../../parts/download.ts";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Moment } from "../../parts/Moment.tsx";
import { Page } from "../../parts/Page.tsx";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { BarForm } from "./BarForm.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { LiftDialog } from "./LiftDialog.tsx";
import { type Kind, type Suppression, useSuppressions } from "./queries.ts";
import { SOURCES } from "./words.ts";

export function SuppressionList() {
  const [address, change] = useAddress();
  const kind = (address.kind as Kind | undefined) ?? null;
  const [text, setText] = useState(address.q ?? "");
  const [q] = useDebouncedValue(text, 200);
  const list = useSuppressions({ q, kind });
  const rows = list.data?.pages.flatMap(({ suppressions }) => suppressions);
  const total = list.data?.pages[0]?.pagination.total_entries;
  const opened = rows?.find(({ id }) => id === address.open);
  const isNarrowed = q !== "" || kind !== null;
  return (
    <Page
      title="Do not mail"
      state={total !== undefined && (isNarrowed ? `${figure(total)} found.` : sayTotal(total))}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={() => change({ do: "add" })}>
          Add
        </Button>
      }
    >
      <div className="stack">
        <div className="row">
          <TextInput
            aria-label="Search what is barred"
            placeholder="Search"
            leftSection={<IconSearch size="0.875rem" stroke={1.75} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            style={{ flex: "1 1 14rem" }}
          />
          <Segmented
            aria-label="Kind"
            data={[
              { value: "", label: "All" },
              { value: "email", label: "Addresses" },
              { value: "domain", label: "Domains" },
              { value: "pattern", label: "Patterns" },
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
                ? "Nothing barred fits that."
                : "Whoever unsubscribes, bounces for good or is added here is never mailed again by anybody of the team."
            }
          />
        ) : (
          <DataTable
            label="Do not mail"
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
              Show more
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
      toast(`The file could not be made. ${error instanceof Error ? error.message : ""}`),
    );
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">Files</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUpload size="1rem" />} onClick={onImport}>
          Import a list …
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size="1rem" />} onClick={() => void save()}>
          Export all as CSV
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const COLUMNS: Column<Suppression>[] = [
  { header: "Barred", width: "36%", cell: ({ value }) => value },
  { header: "Why", cell: ({ source }) => SOURCES[source] },
  { header: "Reason", width: "26%", cell: ({ reason }) => reason ?? <span className="soft">–</span> },
  { header: "Since", align: "right", cell: ({ created_at }) => <Moment at={created_at} /> },
];

function sayTotal(total: number) {
  if (total === 0) return "Nobody is barred.";
  return `${figure(total)} ${total === 1 ? "entry" : "entries"} nobody of the team mails.`;
}
