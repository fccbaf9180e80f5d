import { Button } from "@mantine/core";
import { IconFolder, IconPlus, IconUpload } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { FilterBar } from "../../../parts/filters/FilterBar.tsx";
import { isFiltered, useFilter } from "../../../parts/filters/filter.ts";
import { Page } from "../../../parts/Page.tsx";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { stillStands } from "../../../parts/records/still-stands.ts";
import { useSelection } from "../../../parts/records/useSelection.ts";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { useIsAdmin } from "../../../session.ts";
import { ExportMenu } from "../../contacts/views/ExportMenu.tsx";
import { shownColumns } from "../../contacts/views/shown-columns.ts";
import { useView } from "../../contacts/views/useView.ts";
import { ViewPicker } from "../../contacts/views/ViewPicker.tsx";
import { BulkVerbs, MOST_AT_ONCE } from "./BulkVerbs.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { useSequenceColumns } from "./columns.tsx";
import { FolderDialog } from "./FolderDialog.tsx";
import { useSequenceFilters } from "./filters.tsx";
import { type Sequence, sequencesSource } from "./queries.ts";
import { useSequenceExport } from "./useSequenceExport.ts";

const SequencePeek = lazy(async () => ({
  default: (await import("../sequence-peek/SequencePeek.tsx")).SequencePeek,
}));

const STATUSES = perLanguage(() => [
  { value: "", label: t("All") },
  { value: "active", label: t("Active") },
  { value: "inactive", label: t("Inactive") },
  { value: "archived", label: t("Archived") },
]);

export function SequenceList() {
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  const [filter, setFilter] = useFilter();
  const [sort, setSort] = useSort();
  const navigate = useNavigate();
  const fields = useSequenceFilters();
  const { q = "", status = "", peek } = address;
  const source = useMemo(() => sequencesSource({ q, status, filter, sort }), [q, status, filter, sort]);
  const rows = useWindowed(source);
  const selection = useSelection<Sequence>(JSON.stringify(source.key));
  const isNarrowed = Boolean(q || status || isFiltered(filter));
  const columns = useSequenceColumns();
  const view = useView("emailer_campaigns", "sequences");
  const shown = shownColumns(columns, view.layout.now);
  const everyColumn = columns.map(({ id, header }) => ({ id, header }));
  const exportAs = useSequenceExport(source);
  const close = () => change({ do: undefined });
  const open = (id: string) => void navigate({ to: "/sequences/$id", params: { id } });
  const what = t(
    "A sequence emails contacts step by step and stops when they reply. Start from a template or a blank sequence.",
  );
  const create = (
    <Button leftSection={<IconPlus size="0.875rem" aria-hidden />} onClick={() => change({ do: "create" })}>
      {t("Create a sequence")}
    </Button>
  );
  return (
    <Page
      title={t("Sequences")}
      state={
        rows.matches !== undefined &&
        t("{total, plural, one {# sequence} other {# sequences}}.", { total: rows.matches })
      }
      action={
        <div className="row">
          <ExportMenu
            shown={shown}
            isEmpty={rows.total === 0}
            onExport={(some) => void exportAs(some ?? everyColumn)}
          />
          {create}
        </div>
      }
      fills
    >
      <div className="row">
        <ViewPicker subject="emailer_campaigns" shown={view} all={t("All sequences")} />
        <SearchBox
          label={t("Search sequences")}
          value={q}
          onChange={(next) => change({ q: next || undefined })}
        />
        <Segmented
          aria-label={t("Status")}
          data={STATUSES}
          value={status}
          onChange={(next) => change({ status: next || undefined })}
        />
        <FilterBar fields={fields} value={filter} onChange={setFilter} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconFolder size="0.875rem" aria-hidden />}
          onClick={() => change({ do: "folders" })}
        >
          {t("Folders")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconUpload size="0.875rem" aria-hidden />}
          renderRoot={(props) => <Link to="/sequences/import" {...props} />}
        >
          {t("Import from file")}
        </Button>
      </div>
      <RecordTable
        label={t("Sequences")}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        href={({ id }) => `/sequences/${id}`}
        onOpen={({ id }) => open(id)}
        onPeek={({ id }) => change({ peek: id === peek ? undefined : id })}
        stays={(row, index) => stillStands({ source, rows, isNarrowed, sort }, row, index)}
        selection={selection}
        mostChosen={MOST_AT_ONCE}
        sort={sort}
        onSort={setSort}
        table="sequences"
        layout={view.layout}
        rowState={({ id, archived }) => (id === peek ? "peeked" : archived ? "over" : undefined)}
        empty={
          isNarrowed ? (
            <Empty says={t("No sequences match these filters.")}>
              <Button
                variant="default"
                onClick={() => change({ q: undefined, status: undefined, filter: undefined })}
              >
                {t("Show all")}
              </Button>
            </Empty>
          ) : (
            <Empty says={isAdmin ? what : t("No sequence is yours or shared with you. {what}", { what })}>
              <Button variant="default" onClick={() => change({ do: "create" })}>
                {t("Create a sequence")}
              </Button>
            </Empty>
          )
        }
      />
      <BulkVerbs
        selection={selection}
        total={rows.matches}
        rows={rows.rows(0, rows.total ?? 0)}
        source={source}
        onExport={(chosen) => void exportAs(shown, chosen)}
      />
      {peek !== undefined && (
        <Suspense>
          <SequencePeek id={peek} onClose={() => change({ peek: undefined })} onOpen={() => open(peek)} />
        </Suspense>
      )}
      {address.do === "create" && <CreateDialog onClose={close} />}
      {address.do === "folders" && <FolderDialog onClose={close} />}
    </Page>
  );
}
