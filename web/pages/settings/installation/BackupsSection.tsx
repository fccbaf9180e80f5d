import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { listFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { type BackupRun, type Backups, backupsQuery, useBackUp } from "./queries.ts";
import { sizeText } from "./sizes.ts";
import { WalArchiveFacts } from "./WalArchiveFacts.tsx";

const MOST_RUNS = 7;

export function BackupsSection() {
  const backups = useQuery(backupsQuery);
  const backUp = useBackUp();
  const { data } = backups;
  return (
    <Section title={t("Backups")} note={t("Each backup is read back before it counts.")}>
      <Trouble error={backups.error} onRetry={() => void backups.refetch()} />
      {data && !data.scheduled && (
        <p className="soft">
          {t("No backups are made. Set CADENZA_BACKUP_DIR on the server to make one every day.")}
        </p>
      )}
      {data?.scheduled && (
        <div className="stack">
          <Facts facts={[...factsOf(data), ...copyFactsOf(data)]} />
          <Trouble error={backUp.error} doing="writing" />
          <div>
            <Button
              variant="default"
              loading={backUp.isPending}
              disabled={data.running}
              onClick={() => backUp.mutate()}
            >
              {data.running ? t("A backup is running") : t("Back up now")}
            </Button>
          </div>
          <DataTable
            label={t("Backups")}
            columns={COLUMNS}
            rows={data.runs.slice(0, MOST_RUNS)}
            rowKey={(run) => `${run.requested_at} ${run.started_at}`}
            empty={t("No backup was made yet.")}
          />
        </div>
      )}
      {data?.wal_archive && <WalArchiveFacts archive={data.wal_archive} />}
    </Section>
  );
}

function factsOf({ trouble, last_good: good, next_at: next, folder, keep, recipients }: Backups) {
  const state =
    trouble === "failed" ? (
      <State kind="bad">{t("The last one failed")}</State>
    ) : trouble === "late" ? (
      <State kind="bad">{t("One is missing")}</State>
    ) : good ? (
      <State kind="good">{t("In order")}</State>
    ) : (
      <State kind="waiting">{t("Not made yet")}</State>
    );
  return [
    [t("State"), state],
    [t("Last good one"), good?.started_at ? dayAndTime(good.started_at, currentTime()) : "–"],
    [t("Next"), next ? dayAndTime(next, currentTime()) : "–"],
    [t("Folder"), <code key="folder">{folder}</code>],
    [t("Kept"), keep === null ? "–" : keepWords(keep)],
    [t("Encrypted"), recipients.length > 0 ? t("Yes") : t("No")],
  ] as const;
}

/** None where no bucket is set. */
function copyFactsOf({
  copied_to: bucket,
  copy_trouble: trouble,
  last_copied: copied,
  last_good: good,
}: Backups) {
  if (bucket === null) return [];
  const state =
    trouble === "failed" ? (
      <State kind="bad">{t("The last one was not copied")}</State>
    ) : trouble === "late" ? (
      <State kind="bad">{t("A copy is missing")}</State>
    ) : copied && copied.file === good?.file ? (
      <State kind="good">{t("In order")}</State>
    ) : (
      <State kind="waiting">{t("Not copied yet")}</State>
    );
  return [
    [t("Copies"), state],
    [t("Last one copied"), copied?.started_at ? dayAndTime(copied.started_at, currentTime()) : "–"],
    [t("Copied to"), <code key="bucket">{bucket}</code>],
  ] as const;
}

/** "7d 4w 6m", as it is set on the server. */
function keepWords(keep: string) {
  const parts = keep.split(" ").map((part) => {
    const many = Number.parseInt(part, 10);
    const unit = part.at(-1);
    if (unit === "d") return t("{many, plural, one {# day} other {# days}}", { many });
    if (unit === "w") return t("{many, plural, one {# week} other {# weeks}}", { many });
    return t("{many, plural, one {# month} other {# months}}", { many });
  });
  return t("The newest of {parts}", { parts: AND.format(parts) });
}

const AND = listFormat({ type: "conjunction" });

const COLUMNS: Column<BackupRun>[] = perLanguage(() => [
  {
    header: t("Started"),
    width: "26%",
    cell: ({ started_at, requested_at }) => dayAndTime(started_at ?? requested_at ?? "", currentTime()),
  },
  { header: t("Result"), cell: (run) => <Result run={run} /> },
  { header: t("File"), cell: ({ file }) => file && <code>{file}</code> },
  { header: t("Size"), align: "right", cell: ({ bytes }) => (bytes === null ? "" : sizeText(bytes)) },
]);

function Result({ run }: { run: BackupRun }) {
  if (run.error)
    return (
      <State kind="bad" isSentence>
        {run.error}
      </State>
    );
  if (run.copy_error)
    return (
      <State kind="bad" isSentence>
        {t("Read back, complete, but not copied. {why}", { why: run.copy_error })}
      </State>
    );
  if (run.verified_at)
    return (
      <State kind="good">{run.copied_at ? t("Read back, complete, copied") : t("Read back, complete")}</State>
    );
  return <State kind="waiting">{run.started_at ? t("Running") : t("Begins soon")}</State>;
}
