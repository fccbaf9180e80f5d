import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { save } from "../../../parts/download.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useLayout } from "../../../parts/records/layout.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { csvOfRows } from "../../../parts/records/rows-csv.ts";
import { useSort } from "../../../parts/records/sort.ts";
import { useWhole } from "../../../parts/records/useWindowed.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { sortedRows } from "../../../parts/sorted-rows.ts";
import { ExportMenu } from "../views/ExportMenu.tsx";
import type { ShownColumn } from "../views/export.ts";
import { shownColumns } from "../views/shown-columns.ts";
import { columnOf, useListCells, useListColumns } from "./columns.tsx";
import { ListDialog } from "./ListDialog.tsx";
import { useLists } from "./queries.ts";

const KEY = ["lists", "shown"];

export function ListsPage() {
  const [address, change] = useAddress();
  const [sort, setSort] = useSort();
  const navigate = useNavigate();
  const { data: lists, error, refetch } = useLists();
  const cells = useListCells();
  const columns = useListColumns(cells);
  const { now: layout } = useLayout("lists");
  const words = (address.q ?? "").toLowerCase();
  const shown = lists?.filter(({ name }) => name.toLowerCase().includes(words));
  const inOrder = shown && sortedRows(shown, cells[columnOf(sort)], sort?.isAscending ?? true);
  const rows = useWhole(KEY, inOrder, { error, refetch: () => void refetch() });
  const create = () => change({ do: "create" });
  const exportAs = (some: readonly ShownColumn[] = columns) =>
    save(new Blob([csvOfRows(some, inOrder ?? [], cells)], { type: "text/csv" }), "lists.csv");
  return (
    <Page
      title={t("Lists")}
      state={lists && t("{lists, plural, one {# list} other {# lists}}", { lists: lists.length })}
      action={
        <div className="row">
          <ExportMenu shown={shownColumns(columns, layout)} isEmpty={rows.total === 0} onExport={exportAs} />
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={create}>
            {t("New list")}
          </Button>
        </div>
      }
      fills
    >
      <div className="row">
        <SearchBox
          label={t("Search lists")}
          value={address.q ?? ""}
          onChange={(q) => change({ q: q || undefined })}
        />
      </div>
      <RecordTable
        label={t("Lists")}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        href={({ id }) => `/lists/${id}`}
        onOpen={({ id }) => void navigate({ to: "/lists/$id", params: { id } })}
        sort={sort}
        onSort={setSort}
        table="lists"
        empty={
          words ? (
            <Empty says={t("No lists match.")} />
          ) : (
            <Empty says={t("A list groups contacts or companies. You can add a whole list to a sequence.")}>
              <Button variant="default" onClick={create}>
                {t("Create a list")}
              </Button>
            </Empty>
          )
        }
      />
      {address.do === "create" && <ListDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}
