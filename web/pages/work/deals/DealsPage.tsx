import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { usePageKeys } from "../../../parts/pageKeys.ts";
import { sortedBy } from "../../../parts/records/sort.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, useIsAdmin } from "../../../session.ts";
import { ImportLink } from "../../contacts/imports/ImportLink.tsx";
import { type Export, ExportMenu } from "../../contacts/views/ExportMenu.tsx";
import { exportRecords, type ShownColumn } from "../../contacts/views/export.ts";
import { RecordBrowser } from "../../contacts/views/RecordBrowser.tsx";
import { RecordTools } from "../../contacts/views/RecordTools.tsx";
import { Board } from "./Board.tsx";
import { useDealColumns } from "./columns.tsx";
import { DealBar } from "./DealBar.tsx";
import { DealDialog } from "./DealDialog.tsx";
import { DealPeek } from "./DealPeek.tsx";
import classes from "./DealsPage.module.css";
import { money, sums } from "./money.ts";
import { type Deal, type DealStage, type DealTotal, stagesQuery, totalsQuery } from "./queries.ts";
import { type DealListState, useDealList } from "./useDealList.ts";
import { useLostReason } from "./useLostReason.tsx";

/** What may come of it: deals by stage, and what they come to. */
export function DealsPage() {
  const [address, change] = useAddress();
  const list = useDealList();
  const stages = useQuery(stagesQuery);
  const totals = useQuery(totalsQuery(list.search));
  const isTable = address.tab === "list";
  const begin = () => change({ do: "create" });
  usePageKeys({ n: begin });
  const error = stages.error ?? totals.error;
  const isEmpty = totals.data?.length === 0 && !list.isNarrowed;
  const empty = (
    <Empty says={t("Track possible sales here. A deal has an amount, a stage and a close date.")}>
      <Button variant="default" onClick={begin}>
        {t("Create a deal")}
      </Button>
    </Empty>
  );
  return (
    <Page
      title={t("Deals")}
      state={stages.data && totals.data && sayTotals(stages.data, totals.data)}
      action={
        <div className="row">
          <ImportLink kind="opportunities" />
          <Button leftSection={<IconPlus size="0.875rem" />} onClick={begin}>
            {t("New deal")}
          </Button>
        </div>
      }
      {...(isTable && { fills: true })}
    >
      {isTable ? (
        <DealTable list={list} empty={empty} />
      ) : (
        <div className={classes.page} data-wide>
          <RecordTools
            subject="opportunities"
            words={WORDS}
            list={list}
            isWhole
            isTable={false}
            beside={
              <>
                <ExportMenu onExport={exportOf(list)} shown={[]} isEmpty={isEmpty} />
                <Shape />
              </>
            }
          />
          {error ? (
            <Trouble error={error} onRetry={() => void Promise.all([stages.refetch(), totals.refetch()])} />
          ) : isEmpty ? (
            empty
          ) : (
            stages.data && <DealBoard list={list} stages={stages.data} totals={totals.data} />
          )}
        </div>
      )}
      {address.do === "create" && <DealDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}

const WORDS = perLanguage(() => ({
  many: t("Deals"),
  all: t("All deals"),
  search: t("Search deals"),
  none: t("No deals match these filters."),
  showAll: t("Show all"),
}));

/** Board or table, and for admins the way to the stages. */
function Shape() {
  const [address, change] = useAddress();
  const isAdmin = useIsAdmin();
  return (
    <>
      <Segmented
        aria-label={t("View")}
        data={[
          { value: "board", label: t("Board") },
          { value: "list", label: t("Table") },
        ]}
        value={address.tab === "list" ? "list" : "board"}
        onChange={(tab) => change({ tab: tab === "list" ? "list" : undefined })}
      />
      {isAdmin && (
        <Link to="/settings/stages" search={{ kind: "deal" }} className={classes.stages}>
          {t("Edit stages")}
        </Link>
      )}
    </>
  );
}

type BoardProps = {
  list: DealListState;
  stages: readonly DealStage[];
  totals: readonly DealTotal[] | undefined;
};

/** Of the stages that the filter asks for, or of all. */
function DealBoard({ list, stages, totals }: BoardProps) {
  const navigate = useNavigate();
  const { opportunity_stage_ids: asked, ...filter } = list.search;
  const chosen = [asked ?? []].flat();
  return (
    <Board
      stages={chosen.length > 0 ? stages.filter(({ id }) => chosen.includes(id)) : stages}
      totals={totals}
      filter={filter}
      onOpen={(id) => void navigate({ to: "/deals/$id", params: { id } })}
    />
  );
}

function DealTable({ list, empty }: { list: DealListState; empty: ReactNode }) {
  const { ask, dialog } = useLostReason();
  const columns = useDealColumns(list.view.layout, ask);
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: "/deals/$id", params: { id } });
  const { peek } = list;
  return (
    <>
      <RecordBrowser
        subject="opportunities"
        place="deals"
        words={WORDS}
        isWhole
        rowName={({ name }: Deal) => name}
        isOver={({ is_closed }) => is_closed}
        list={list}
        columns={columns}
        open={open}
        empty={empty}
        onExport={exportOf(list)}
        beside={<Shape />}
      />
      <DealBar list={list} />
      {dialog}
      {peek && <DealPeek id={peek} onClose={() => list.setPeek(undefined)} onOpen={() => open(peek)} />}
    </>
  );
}

/** All that match, sorted as the table is. */
function exportOf({ search, sort }: DealListState): Export {
  return (shown) =>
    void exportRecords(
      "deals",
      (wish) => api.opportunities.search.csv({ ...search, ...sortedBy(sort), ...wish }),
      shown && withCurrency(shown),
    );
}

/** Deals of one table can have several currencies. */
function withCurrency(shown: readonly ShownColumn[]): ShownColumn[] {
  const first = shown.find(({ id }) => id === "amount" || id === "weighted");
  return shown.flatMap((column) =>
    column === first ? [column, { id: "currency", header: t("Currency") }] : [column],
  );
}

/** Of what is open, because what is won or lost is decided. */
function sayTotals(stages: readonly DealStage[], totals: readonly DealTotal[]) {
  const closed = new Set(stages.filter(({ is_closed }) => is_closed).map(({ id }) => id));
  const open = totals.filter(({ opportunity_stage_id: id }) => id === null || !closed.has(id));
  const count = open.reduce((all, { deals }) => all + deals, 0);
  if (count === 0) return t("No open deals.");
  const words = sums(open).map(({ currency, amount, weighted }) =>
    t("{money}, weighted {money2}", {
      money: money(Math.round(amount), currency),
      money2: money(Math.round(weighted), currency),
    }),
  );
  const deals = t("{count, plural, one {# open deal} other {# open deals}}", { count });
  return `${[deals, ...words].join(": ")}.`;
}
