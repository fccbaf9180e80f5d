import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { useLayout } from "../../../parts/records/layout.ts";
import { RecordTable } from "../../../parts/records/RecordTable.tsx";
import { useSort } from "../../../parts/records/sort.ts";
import { useWindowed } from "../../../parts/records/useWindowed.ts";
import { SearchBox } from "../../../parts/SearchBox.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { ExportMenu } from "../../contacts/views/ExportMenu.tsx";
import { shownColumns } from "../../contacts/views/shown-columns.ts";
import { WORKFLOW_COLUMNS } from "./columns.tsx";
import { workflowsSource } from "./queries.ts";
import { useWorkflowExport } from "./useWorkflowExport.ts";

const STATES = perLanguage(() => [
  { value: "", label: t("All") },
  { value: "on", label: t("On") },
  { value: "off", label: t("Off") },
  { value: "archived", label: t("Archived") },
]);

/** What the team has done by itself. */
export function WorkflowList() {
  const [address, change] = useAddress();
  const navigate = useNavigate();
  const { q = "", status = "" } = address;
  const [sort, setSort] = useSort();
  const source = useMemo(() => workflowsSource({ q, status, sort }), [q, status, sort]);
  const rows = useWindowed(source);
  const { now: layout } = useLayout("workflows");
  const exportAs = useWorkflowExport(source);
  const begin = () => void navigate({ to: "/workflows/new" });
  const create = (
    <Button leftSection={<IconPlus size="0.875rem" aria-hidden />} onClick={begin}>
      {t("Create a workflow")}
    </Button>
  );
  return (
    <Page
      title={t("Workflows")}
      state={
        rows.matches !== undefined &&
        t("{total, plural, one {# workflow} other {# workflows}}.", { total: rows.matches })
      }
      action={
        <div className="row">
          <ExportMenu
            shown={shownColumns(WORKFLOW_COLUMNS, layout)}
            isEmpty={rows.total === 0}
            onExport={(some = WORKFLOW_COLUMNS) => void exportAs(some)}
          />
          {create}
        </div>
      }
      fills
    >
      <div className="row">
        <SearchBox
          label={t("Search workflows")}
          value={q}
          onChange={(next) => change({ q: next || undefined })}
        />
        <Segmented
          aria-label={t("Status")}
          data={STATES}
          value={status}
          onChange={(next) => change({ status: next || undefined })}
        />
      </div>
      <RecordTable
        label={t("Workflows")}
        columns={WORKFLOW_COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        href={({ id }) => `/workflows/${id}`}
        onOpen={({ id }) => void navigate({ to: "/workflows/$id", params: { id } })}
        sort={sort}
        onSort={setSort}
        table="workflows"
        empty={
          q || status ? (
            <Empty says={t("No workflows match these filters.")}>
              <Button variant="default" onClick={() => change({ q: undefined, status: undefined })}>
                {t("Show all")}
              </Button>
            </Empty>
          ) : (
            <Empty
              says={t(
                "A workflow runs actions for matching contacts: add to a list or sequence, notify a teammate. It logs why each contact was included or skipped.",
              )}
            >
              <Button variant="default" onClick={begin}>
                {t("Create a workflow")}
              </Button>
            </Empty>
          )
        }
      />
    </Page>
  );
}
