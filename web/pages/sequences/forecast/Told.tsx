import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { figure } from "../../../parts/figures.ts";
import { Section } from "../../../parts/Page.tsx";
import { dayOf } from "../../../parts/when.ts";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";
import { DayOfMails } from "../../mail/mails/DayOfMails.tsx";
import type { DayWish } from "../../mail/mails/day-queries.ts";
import { sequencesQuery } from "../sequences/queries.ts";
import classes from "./Forecast.module.css";
import { loadsOf } from "./loads.ts";
import { MailboxLoad } from "./MailboxLoad.tsx";
import type { ForecastWithActual } from "./queries.ts";

const Chart = lazy(async () => ({ default: (await import("./DaysChart.tsx")).DaysChart }));

type OfSequence = ForecastWithActual["by_sequence"][number] & { name: string };

/** A forecast, in a picture and in numbers. */
export function Told({ shown }: { shown: ForecastWithActual }) {
  const now = currentTime();
  const [opened, setOpened] = useState<{ wish: DayWish; count: number } | null>(null);
  const open = (wish: DayWish, count: number) => setOpened({ wish, count });
  const mailboxes = useQuery(mailboxesQuery).data ?? [];
  const sequences = useQuery(sequencesQuery({ per_page: 100 })).data?.emailer_campaigns ?? [];
  const emails = new Map(mailboxes.map(({ id, email }) => [id, email]));
  const names = new Map(sequences.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) =>
    emails.get(id) ??
    (id === "others"
      ? t("Other mailboxes")
      : id.startsWith("new-")
        ? t("New mailbox")
        : t("Unknown mailbox"));
  const rows = shown.by_sequence
    .filter(({ people }) => people > 0)
    .map((own) => ({ ...own, name: names.get(own.emailer_campaign_id) ?? t("Unknown sequence") }));
  return (
    <div className="stack" style={{ gap: 24 }}>
      <div className={classes.chart}>
        <Suspense>
          <Chart shown={shown} now={now} nameOf={nameOf} onOpen={open} />
        </Suspense>
      </div>
      <DataTable
        label={t("By sequence")}
        columns={columnsAt(now)}
        rows={rows}
        rowKey={({ emailer_campaign_id }) => emailer_campaign_id}
      />
      <MailboxLoad loads={loadsOf(shown, mailboxes)} nameOf={nameOf} onOpen={open} />
      {opened && <DayOfMails {...opened} onClose={() => setOpened(null)} />}
      {shown.binding_limits.length > 0 && (
        <Section title={t("Why emails wait")} note={t("Hours of waiting, counted per mailbox.")}>
          <ul className={classes.told}>
            {shown.binding_limits.map(({ code, sentence, hours, email_accounts }) => (
              <li key={code}>
                <span>{sentence}</span>
                <span data-figures>
                  {t("{hours, plural, one {# hour} other {# hours}}", { hours })},{" "}
                  {t("{email_accounts, plural, one {# mailbox} other {# mailboxes}}", { email_accounts })}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shown.staying.length > 0 && (
        <Section
          title={t("Contacts that need action")}
          note={t("They stay where they are until you change something.")}
        >
          <ul className={classes.told}>
            {shown.staying.map(({ code, sentence, count: many }) => (
              <li key={code}>
                <span>{sentence}</span>
                <span data-figures>{t("{many, plural, one {# contact} other {# contacts}}", { many })}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("Assumptions")}>
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
    { header: t("Sequence"), width: "30%", cell: ({ name }) => name },
    { header: t("Contacts"), align: "right", cell: ({ people }) => figure(people) },
    { header: t("Emails"), align: "right", cell: ({ sends }) => figure(sends) },
    {
      header: t("All got the first step"),
      align: "right",
      cell: ({ first_step_done_at, first_step_left }) =>
        first_step_left > 0
          ? t("{first_step_left, number} left", { first_step_left })
          : day(first_step_done_at),
    },
    {
      header: t("Last contact finishes"),
      align: "right",
      cell: ({ last_finished_at, remaining }) => (remaining > 0 ? t("later") : day(last_finished_at)),
    },
    { header: t("Still active"), align: "right", cell: ({ remaining }) => figure(remaining) },
  ];
}
