import { Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { Empty } from "../../parts/Empty.tsx";
import { Page, Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { dayOf } from "../../parts/when.ts";
import type { Calls } from "./calls.ts";
import { type Credits, callsQuery, creditsQuery } from "./queries.ts";
import { creditsOf, isLimited, sayLeft } from "./words.ts";

export function UsagePage() {
  const credits = useQuery(creditsQuery);
  const cycle = credits.data?.current_credit_cycle;
  return (
    <Page
      title="Usage"
      state={
        cycle &&
        `This cycle runs from ${dayOf(cycle.start_date, new Date())} to ${dayOf(cycle.end_date, new Date())}.`
      }
    >
      <div className="stack" style={{ gap: 24 }}>
        <Section
          title="Credits"
          note="What looking people up costs. On your own server there are none unless somebody sets an allowance."
        >
          <Trouble error={credits.error} onRetry={() => void credits.refetch()} />
          {credits.data && <CreditList credits={credits.data} />}
        </Section>
        <CallsSection />
      </div>
    </Page>
  );
}

function CreditList({ credits }: { credits: Credits }) {
  return (
    <ul className="stack" style={{ gap: 12 }}>
      {creditsOf(credits).map(({ name, limit, consumed }) => (
        <li key={name}>
          <div className="row" style={{ justifyContent: "space-between" }}>
            <span>{name}</span>
            <span className="soft small" data-figures>
              {sayLeft(consumed, limit)}
            </span>
          </div>
          <Progress
            size="sm"
            value={isLimited(limit) ? Math.min((100 * consumed) / limit, 100) : 0}
            color="var(--accent)"
            aria-label={`${name}: ${sayLeft(consumed, limit)}`}
          />
        </li>
      ))}
    </ul>
  );
}

function CallsSection() {
  const calls = useQuery(callsQuery);
  return (
    <Section title="Calls" note="What programs, and this page, have asked of Cadenza today.">
      {calls.error ? (
        <Trouble error={calls.error} onRetry={() => void calls.refetch()} />
      ) : calls.data?.length === 0 ? (
        <Empty says="Nobody has called yet today." />
      ) : (
        <DataTable label="Calls" columns={COLUMNS} rows={calls.data} rowKey={({ name }) => name} />
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
  const said = consumed.toLocaleString("en-GB");
  return isLimited(limit) ? `${said} of ${limit.toLocaleString("en-GB")}` : said;
}
