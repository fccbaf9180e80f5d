import type { ColumnId } from "@cadenza/contract";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Page } from "../../../parts/Page.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { useWhole } from "../../../parts/records/useWindowed.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { ListDialog } from "./ListDialog.tsx";
import { type List, useLists } from "./queries.ts";

const KEY = ["lists", "shown"];

export function ListsPage() {
  const [address, change] = useAddress();
  const [sort, setSort] = useSort();
  const navigate = useNavigate();
  const { data: lists, error, refetch } = useLists();
  const columns = useColumns();
  const words = (address.q ?? "").toLowerCase();
  const shown = lists
    ?.filter(({ name }) => name.toLowerCase().includes(words))
    .toSorted(orderOf(sort?.by, sort?.isAscending));
  const rows = useWhole(KEY, shown, { error, refetch: () => void refetch() });
  const create = () => change({ do: "create" });
  return (
    <Page
      title={t("Lists")}
      state={lists && t("{lists, plural, one {# list} other {# lists}}", { lists: lists.length })}
      action={
        <Button leftSection={<IconPlus size="0.875rem" />} onClick={create}>
          {t("New list")}
        </Button>
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

function useColumns(): readonly RecordColumn<List, ColumnId<"lists">>[] {
  const { data: people = [] } = usePeople();
  return [
    { id: "name", header: t("Name"), width: 280, sort: "name", cell: ({ name }) => name },
    {
      id: "of",
      header: t("Type"),
      width: 120,
      cell: ({ modality }) => (modality === "contacts" ? t("Contacts") : t("Companies")),
    },
    {
      id: "count",
      header: t("Size"),
      width: 100,
      align: "right",
      sort: "count",
      sortFirst: "descending",
      cell: ({ cached_count }) => figure(cached_count),
    },
    {
      id: "owner",
      header: t("Created by"),
      width: 160,
      cell: ({ user_id }) => people.find(({ id }) => id === user_id)?.name,
    },
    {
      id: "created",
      header: t("Created"),
      width: 120,
      align: "right",
      sort: "created",
      sortFirst: "descending",
      cell: ({ created_at }) => <Moment at={created_at} />,
    },
  ];
}

function orderOf(by = "name", isAscending = true) {
  const way = isAscending ? 1 : -1;
  return (one: List, other: List) => {
    if (by === "count") return way * (one.cached_count - other.cached_count);
    if (by === "created") return way * one.created_at.localeCompare(other.created_at);
    return way * one.name.localeCompare(other.name);
  };
}
