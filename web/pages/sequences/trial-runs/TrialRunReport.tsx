import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { figure } from "../../../parts/figures.ts";
import { Section } from "../../../parts/Page.tsx";
import { dayOf } from "../../../parts/when.ts";
import type { ContactsAsked, EmailsAsked, TrialReport, TrialRun } from "./queries.ts";
import { TrialContacts } from "./TrialContacts.tsx";
import { TrialEmails } from "./TrialEmails.tsx";
import classes from "./TrialRuns.module.css";
import { agreementWords, contactStateWord, endingWords } from "./words.ts";

const Days = lazy(async () => ({ default: (await import("./TrialDays.tsx")).TrialDays }));

type Props = { run: TrialRun; report: TrialReport };
type Beside = { contacts: ContactsAsked; title: string } | { emails: EmailsAsked; title: string };

/** What came of a trial run, in numbers that lead to their contacts and emails. */
export function TrialRunReport({ run, report }: Props) {
  const [beside, setBeside] = useState<Beside | null>(null);
  const close = () => setBeside(null);
  const openDay = (day: string) =>
    setBeside({
      emails: { day },
      title: t("Emails of {day}", { day: dayOf(`${day}T12:00:00`, currentTime()) }),
    });
  return (
    <div className="stack" style={{ gap: 24 }}>
      <Figures report={report} onEmails={() => setBeside({ emails: {}, title: t("All emails") })} />
      <Section title={t("Emails per day")} note={agreementWords(report.forecast, run.replies)}>
        {report.forecast.by_day.length > 0 && (
          <Suspense>
            <Days report={report} onOpen={openDay} />
          </Suspense>
        )}
      </Section>
      <Endings report={report} onOpen={setBeside} />
      <Skipped report={report} onOpen={setBeside} />
      <Waits report={report} onOpen={setBeside} />
      <Collisions report={report} onOpen={setBeside} />
      <Section title={t("Assumptions")}>
        <ul className={classes.told}>
          {report.assumptions.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Section>
      {beside && "contacts" in beside && (
        <TrialContacts
          runId={run.id}
          asked={beside.contacts}
          title={beside.title}
          onEmails={({ id, name }) =>
            setBeside({
              emails: { contact_id: id },
              title: t("Emails to {name}", { name: name ?? t("Unnamed contact") }),
            })
          }
          onClose={close}
        />
      )}
      {beside && "emails" in beside && (
        <TrialEmails runId={run.id} asked={beside.emails} title={beside.title} onClose={close} />
      )}
    </div>
  );
}

function Figures({ report, onEmails }: { report: TrialReport; onEmails: () => void }) {
  const { contacts, emails, came_of_it, emails_of_other_sequences } = report;
  const shown: [string, number][] = [
    [t("Contacts"), contacts.in_sequence + contacts.added - contacts.skipped],
    [t("Emails"), emails],
    [t("Emails of other sequences"), emails_of_other_sequences],
    [t("Replied"), came_of_it.replied],
    [t("Bounced"), came_of_it.bounced],
    [t("Unsubscribed"), came_of_it.unsubscribed],
  ];
  return (
    <div className="stack">
      <dl className={classes.figures}>
        {shown.map(([says, value]) => (
          <div key={says} className={classes.figure}>
            <dt>{says}</dt>
            <dd>{figure(value)}</dd>
          </div>
        ))}
      </dl>
      {contacts.left_out > 0 && (
        <p className="soft">
          {t(
            "{left, plural, one {# contact was} other {# contacts were}} not copied: a trial run takes 1,000.",
            {
              left: contacts.left_out,
            },
          )}
        </p>
      )}
      <div>
        <Button variant="default" disabled={emails === 0} onClick={onEmails}>
          {t("Read the emails")}
        </Button>
      </div>
    </div>
  );
}

type Part = { report: TrialReport; onOpen: (beside: Beside) => void };

function Endings({ report, onOpen }: Part) {
  type Ending = TrialReport["endings"][number];
  const columns: Column<Ending>[] = [
    { header: t("At the end"), width: "22%", cell: ({ state }) => contactStateWord(state) },
    { header: t("Because"), cell: endingWords },
    { header: t("Contacts"), align: "right", width: "16%", cell: ({ count }) => figure(count) },
  ];
  return (
    <Section title={t("Where the contacts are at the end")}>
      <DataTable
        label={t("Where the contacts are at the end")}
        columns={columns}
        rows={report.endings}
        rowKey={({ state, code }) => `${state} ${code}`}
        empty={t("No contact was in the sequence.")}
        onOpen={({ state, code }) =>
          onOpen({
            contacts: { state: state as ContactsAsked["state"], ...(code !== null && { code }) },
            title: contactStateWord(state),
          })
        }
      />
    </Section>
  );
}

function Skipped({ report, onOpen }: Part) {
  if (report.skipped.length === 0) return null;
  type Skip = TrialReport["skipped"][number];
  const columns: Column<Skip>[] = [
    {
      header: t("Skipped because"),
      cell: ({ code, sentence }) => endingWords({ state: "left_out", code, sentence }),
    },
    { header: t("Contacts"), align: "right", width: "16%", cell: ({ count }) => figure(count) },
  ];
  return (
    <Section title={t("Contacts that would not be added")}>
      <DataTable
        label={t("Contacts that would not be added")}
        columns={columns}
        rows={report.skipped}
        rowKey={({ code }) => code}
        onOpen={({ code }) => onOpen({ contacts: { state: "left_out", code }, title: t("Not added") })}
      />
    </Section>
  );
}

function Waits({ report, onOpen }: Part) {
  type Wait = TrialReport["waits"][number];
  const columns: Column<Wait>[] = [
    { header: t("Reason"), cell: ({ sentence }) => sentence },
    {
      header: t("Longest"),
      align: "right",
      width: "16%",
      cell: ({ longest_hours: hours }) => t("{hours, number} h", { hours }),
    },
    { header: t("Contacts"), align: "right", width: "16%", cell: ({ contacts }) => figure(contacts) },
  ];
  return (
    <Section title={t("Why emails wait")} note={t("How long emails were held after they were due.")}>
      <DataTable
        label={t("Why emails wait")}
        columns={columns}
        rows={report.waits}
        rowKey={({ code }) => code}
        empty={t("Every email was sent when it was due.")}
        onOpen={({ code }) => onOpen({ contacts: { waited_for: code }, title: t("Emails that waited") })}
      />
    </Section>
  );
}

function Collisions({ report, onOpen }: Part) {
  const { other_sequence, same_company } = report.collisions;
  const rows = [
    { kind: "sequence" as const, says: t("Email of another sequence within a day"), count: other_sequence },
    { kind: "company" as const, says: t("Email to a colleague on the same day"), count: same_company },
  ].filter(({ count }) => count > 0);
  const columns: Column<(typeof rows)[number]>[] = [
    { header: t("Collision"), cell: ({ says }) => says },
    { header: t("Contacts"), align: "right", width: "16%", cell: ({ count }) => figure(count) },
  ];
  return (
    <Section
      title={t("Collisions")}
      note={t("Contacts and companies that would get several emails close together.")}
    >
      <DataTable
        label={t("Collisions")}
        columns={columns}
        rows={rows}
        rowKey={({ kind }) => kind}
        empty={t("None.")}
        onOpen={({ kind, says }) => onOpen({ contacts: { collides: kind }, title: says })}
      />
    </Section>
  );
}
