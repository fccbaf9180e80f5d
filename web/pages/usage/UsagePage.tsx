import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { figure } from "../../parts/figures.ts";
import { Page, Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { dayOf } from "../../parts/when.ts";
import { useIsAdmin } from "../../session.ts";
import { AllowanceDialog } from "./AllowanceDialog.tsx";
import { Allowances } from "./Allowances.tsx";
import type { Calls } from "./calls.ts";
import { callsQuery, cycleQuery, type Spending, spendingQuery } from "./queries.ts";
import { actionWords, isLimited, KINDS } from "./words.ts";

export function UsagePage() {
  const cycle = useQuery(cycleQuery).data;
  const isAdmin = useIsAdmin();
  const [address, change] = useAddress();
  return (
    <Page
      title="Usage"
      state={
        cycle &&
        `This cycle runs from ${dayOf(cycle.start_date, new Date())} to ${dayOf(cycle.end_date, new Date())}.`
      }
      action={
        isAdmin && (
          <Button variant="default" onClick={() => change({ do: "allow" })}>
            Set an allowance
          </Button>
        )
      }
    >
      <div className="stack" style={{ gap: 24 }}>
        <Allowances />
        <SpendingSection />
        <CallsSection />
      </div>
      {isAdmin && address.do === "allow" && <AllowanceDialog onClose={() => change({ do: undefined })} />}
    </Page>
  );
}

function SpendingSection() {
  const spending = useQuery(spendingQuery);
  return (
    <Section
      title="Who spent what"
      note="In this cycle, by day (UTC). What was given back counts for the next cycle."
    >
      {spending.error ? (
        <Trouble error={spending.error} onRetry={() => void spending.refetch()} />
      ) : spending.data?.length === 0 ? (
        <Empty says="Nobody has spent anything in this cycle." />
      ) : (
        <DataTable
          label="Who spent what"
          columns={SPENDING}
          rows={spending.data}
          rowKey={({ day, user_id, action, kind }) => `${day} ${user_id} ${action} ${kind}`}
        />
      )}
    </Section>
  );
}

const SPENDING: Column<Spending>[] = [
  { header: "Day", width: "16%", cell: ({ day }) => dayOf(`${day}T00:00:00Z`, new Date()) },
  { header: "Person", cell: ({ user_name }) => user_name ?? "Cadenza" },
  { header: "For", cell: ({ action }) => actionWords(action) },
  { header: "Credits", cell: ({ kind }) => KINDS[kind] },
  { header: "Spent", align: "right", cell: ({ spent }) => figure(spent) },
  { header: "Given back", align: "right", cell: ({ refunded }) => figure(refunded) },
];

/** Most are of no interest to anybody: those asked most often stand first. */
const FIRST = 15;

function CallsSection() {
  const calls = useQuery(callsQuery);
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? calls.data : calls.data?.slice(0, FIRST);
  return (
    <Section title="Calls" note="What programs, and this page, have asked of Cadenza today.">
      {calls.error ? (
        <Trouble error={calls.error} onRetry={() => void calls.refetch()} />
      ) : calls.data?.length === 0 ? (
        <Empty says="Nobody has called yet today." />
      ) : (
        <DataTable label="Calls" columns={COLUMNS} rows={shown} rowKey={({ name }) => name} />
      )}
      {calls.data && shown && shown.length < calls.data.length && (
        <div>
          <Button variant="default" onClick={() => setIsWhole(true)}>
            Show all {calls.data.length}
          </Button>
        </div>
      )}
    </Section>
  );
}

const COLUMNS: Column<Calls>[] = [
  { header: "Call", width: "46%", cell: ({ name }) => <code>{name}</code> },
  { header: "This minute", align: "right", cell: ({ minute }) => count(minute) },
  { header: "This hour", align: "right", cell: ({ hour }) => count(hour) },
  { header: "Today", align: "right", cell: ({ day }) => count(day) },
];

function count({ consumed, limit }: Calls["day"]) {
  const said = figure(consumed);
  return isLimited(limit) ? `${said} of ${figure(limit)}` : said;
}
