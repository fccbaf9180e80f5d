import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { useAddress } from "../../../parts/address.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { figure } from "../../../parts/figures.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayOf } from "../../../parts/when.ts";
import { useIsAdmin } from "../../../session.ts";
import { AllowanceDialog } from "./AllowanceDialog.tsx";
import { Allowances } from "./Allowances.tsx";
import type { Calls } from "./calls.ts";
import { allowancesQuery, callsQuery, cycleQuery, type Spending, spendingQuery } from "./queries.ts";
import { actionWords, isLimited, KINDS } from "./words.ts";

export function UsagePage() {
  const cycle = useQuery(cycleQuery).data;
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  return (
    <Page
      title={t("Usage")}
      state={
        cycle &&
        t("This cycle runs from {start_date} to {end_date}.", {
          start_date: dayOf(cycle.start_date, currentTime()),
          end_date: dayOf(cycle.end_date, currentTime()),
        })
      }
      action={
        isAdmin && (
          <Button variant="default" onClick={() => change({ do: "allow" })}>
            {t("Set an allowance")}
          </Button>
        )
      }
    >
      <AllAtOnce asks={[allowancesQuery, spendingQuery, callsQuery]}>
        <div className="stack" style={{ gap: 24 }}>
          <Allowances />
          <SpendingSection />
          <CallsSection />
        </div>
      </AllAtOnce>
      {isAdmin && address.do === "allow" && <AllowanceDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}

function SpendingSection() {
  const spending = useQuery(spendingQuery);
  return (
    <Section title={t("Spending")} note={t("In this cycle, by day (UTC). Refunds count for the next cycle.")}>
      {spending.error ? (
        <Trouble error={spending.error} onRetry={() => void spending.refetch()} />
      ) : spending.data?.length === 0 ? (
        <Empty says={t("No credits spent in this cycle.")} />
      ) : (
        <DataTable
          label={t("Spending")}
          columns={SPENDING}
          rows={spending.data}
          rowKey={({ day, user_id, action, kind }) => `${day} ${user_id} ${action} ${kind}`}
        />
      )}
    </Section>
  );
}

const SPENDING: Column<Spending>[] = perLanguage(() => [
  { header: t("Day"), width: "16%", cell: ({ day }) => dayOf(`${day}T00:00:00Z`, currentTime()) },
  { header: t("User"), cell: ({ user_name }) => user_name ?? t("Cadenza") },
  { header: t("For"), cell: ({ action }) => actionWords(action) },
  { header: t("Credits"), cell: ({ kind }) => KINDS[kind] },
  { header: t("Spent"), align: "right", cell: ({ spent }) => figure(spent) },
  { header: t("Refunded"), align: "right", cell: ({ refunded }) => figure(refunded) },
]);

/** Most are of no interest to anybody: those asked most often stand first. */
const FIRST = 15;

function CallsSection() {
  const calls = useQuery(callsQuery);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? calls.data : calls.data?.slice(0, FIRST);
  return (
    <Section title={t("API calls")} note={t("Calls by programs and by this app today.")}>
      {calls.error ? (
        <Trouble error={calls.error} onRetry={() => void calls.refetch()} />
      ) : calls.data?.length === 0 ? (
        <Empty says={t("No calls yet today.")} />
      ) : (
        <DataTable label={t("API calls")} columns={COLUMNS} rows={shown} rowKey={({ name }) => name} />
      )}
      {calls.data && shown && shown.length < calls.data.length && (
        <div>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            {t("Show all {data}", { data: calls.data.length })}
          </Button>
        </div>
      )}
    </Section>
  );
}

const COLUMNS: Column<Calls>[] = perLanguage(() => [
  { header: t("Call"), width: "46%", cell: ({ name }) => <code>{name}</code> },
  { header: t("This minute"), align: "right", cell: ({ minute }) => count(minute) },
  { header: t("This hour"), align: "right", cell: ({ hour }) => count(hour) },
  { header: t("Today"), align: "right", cell: ({ day }) => count(day) },
]);

function count({ consumed, limit }: Calls["day"]) {
  const said = figure(consumed);
  return isLimited(limit) ? t("{said} of {limit, number}", { said, limit }) : said;
}
