import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { type Column, DataTable } from "../../parts/DataTable.tsx";
import { count, figure } from "../../parts/figures.ts";
import { Section } from "../../parts/Page.tsx";
import { dayOf } from "../../parts/when.ts";
import { mailboxesQuery } from "../mailboxes/queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import classes from "./Forecast.module.css";
import type { Shown } from "./queries.ts";

const Chart = lazy(async () => ({ default: (await import("./DaysChart.tsx")).DaysChart }));

type OfSequence = Shown["by_sequence"][number] & { name: string };

/** A forecast, in a picture and in numbers. */
export function Told({ shown }: { shown: Shown }) {
  const now = new Date();
  const mailboxes = useQuery(mailboxesQuery).data ?? [];
  const sequences = useQuery(sequencesQuery({ per_page: 100 })).data?.emailer_campaigns ?? [];
  const emails = new Map(mailboxes.map(({ id, email }) => [id, email]));
  const names = new Map(sequences.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) =>
    emails.get(id) ??
    (id === "others" ? "The others" : id.startsWith("new-") ? "The new mailbox" : "A mailbox");
  const rows = shown.by_sequence
    .filter(({ people }) => people > 0)
    .map((own) => ({ ...own, name: names.get(own.emailer_campaign_id) ?? "A sequence" }));
  return (
    <div className="stack" style={{ gap: 24 }}>
      <div className={classes.chart}>
        <Suspense>
          <Chart shown={shown} now={now} nameOf={nameOf} />
        </Suspense>
      </div>
      <DataTable
        label="By sequence"
        columns={columnsAt(now)}
        rows={rows}
        rowKey={({ emailer_campaign_id }) => emailer_campaign_id}
      />
      {shown.binding_limits.length > 0 && (
        <Section title="What makes mails wait" note="In hours of the clock, each mailbox by itself.">
          <ul className={classes.told}>
            {shown.binding_limits.map(({ code, sentence, hours, email_accounts }) => (
              <li key={code}>
                <span>{sentence}</span>
                <span data-figures>
                  {count(hours, "hour")}, {count(email_accounts, "mailbox", "mailboxes")}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shown.staying.length > 0 && (
        <Section title="Who does not move by themselves" note="Until somebody changes something.">
          <ul className={classes.told}>
            {shown.staying.map(({ code, sentence, count: many }) => (
              <li key={code}>
                <span>{sentence}</span>
                <span data-figures>{count(many, "contact")}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="What it supposes">
        <ul className={classes.told}>
          {shown.assumptions.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function columnsAt(now: Date): Column<OfSequence>[] {
  const day = (at: string | null) => (at ? dayOf(at, now) : "–");
  return [
    { header: "Sequence", width: "30%", cell: ({ name }) => name },
    { header: "Contacts", align: "right", cell: ({ people }) => figure(people) },
    { header: "Mails", align: "right", cell: ({ sends }) => figure(sends) },
    {
      header: "First step done",
      align: "right",
      cell: ({ first_step_done_at, first_step_left }) =>
        first_step_left > 0 ? `${figure(first_step_left)} left` : day(first_step_done_at),
    },
    {
      header: "Last one through",
      align: "right",
      cell: ({ last_finished_at, remaining }) => (remaining > 0 ? "later" : day(last_finished_at)),
    },
    { header: "Still on their way", align: "right", cell: ({ remaining }) => figure(remaining) },
  ];
}
