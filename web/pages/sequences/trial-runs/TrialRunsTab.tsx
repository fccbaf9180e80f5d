import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { type Column, DataTable } from "../../../parts/DataTable.tsx";
import { Empty } from "../../../parts/Empty.tsx";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { dayAndTime, dayOf } from "../../../parts/when.ts";
import { useRights } from "../sequences/access.ts";
import { type Sequence, useSequence } from "../sequences/queries.ts";
import {
  isRunning,
  type TrialRunBrief,
  trialRunQuery,
  trialRunsQuery,
  useDeleteTrial,
  useStopTrial,
} from "./queries.ts";
import { StartTrialDialog } from "./StartTrialDialog.tsx";
import { TrialRunReport } from "./TrialRunReport.tsx";
import classes from "./TrialRuns.module.css";
import { repliesWord, stateWord } from "./words.ts";

/** Trial runs of a sequence: what would happen in the next weeks, tried in a sandbox. */
export function TrialRunsTab({ sequenceId }: { sequenceId: string }) {
  const { data } = useSequence(sequenceId);
  return data ? <Framed sequence={data.emailer_campaign} /> : <LinesSkeleton lines={3} />;
}

function Framed({ sequence }: { sequence: Sequence }) {
  const [address, change] = useAddress();
  const { mayEdit } = useRights(sequence);
  const { data: runs, error, refetch } = useQuery(trialRunsQuery(sequence.id));
  const shown = runs?.find(({ id }) => id === address.open) ?? runs?.[0];
  const isBusy = runs?.some(isRunning) ?? false;
  const close = () => change({ do: undefined });
  return (
    <div className="stack" style={{ gap: 24 }}>
      <div className={classes.top}>
        <p className="soft">
          {t(
            "See every email of the next weeks before the first one is sent: in a sandbox, with your contacts, limits and schedules.",
          )}
        </p>
        {mayEdit && !sequence.archived && (
          <Button disabled={isBusy} onClick={() => change({ do: "try" })}>
            {t("Try it …")}
          </Button>
        )}
      </div>
      <Trouble error={error} onRetry={() => void refetch()} />
      {!runs && !error && <LinesSkeleton lines={3} />}
      {runs?.length === 0 && <Empty says={t("No trial runs yet.")} />}
      {shown && <OneRun key={shown.id} run={shown} />}
      {runs && runs.length > 1 && (
        <Earlier runs={runs} onOpen={({ id }) => change({ open: id, peek: undefined, contact: undefined })} />
      )}
      {address.do === "try" && (
        <StartTrialDialog
          sequence={sequence}
          onStarted={(id) => change({ do: undefined, open: id, peek: undefined })}
          onClose={close}
        />
      )}
    </div>
  );
}

function Earlier({ runs, onOpen }: { runs: readonly TrialRunBrief[]; onOpen: (run: TrialRunBrief) => void }) {
  return (
    <section>
      <h2 className={classes.title}>{t("All trial runs")}</h2>
      <DataTable
        label={t("All trial runs")}
        columns={columnsAt(currentTime())}
        rows={runs}
        rowKey={({ id }) => id}
        onOpen={onOpen}
      />
    </section>
  );
}

function columnsAt(now: Date): Column<TrialRunBrief>[] {
  return [
    { header: t("Started"), width: "24%", cell: ({ created_at }) => dayAndTime(created_at, now) },
    { header: t("Period"), cell: ({ days }) => t("{days, plural, one {# day} other {# days}}", { days }) },
    { header: t("Replies"), width: "36%", cell: ({ replies }) => repliesWord(replies) },
    { header: t("State"), cell: (run) => <Standing run={run} /> },
  ];
}

function Standing({ run }: { run: TrialRunBrief }) {
  const { kind, says } = stateWord(run);
  return <State kind={kind}>{says}</State>;
}

function OneRun({ run }: { run: TrialRunBrief }) {
  const found = useQuery({ ...trialRunQuery(run.id), enabled: run.status === "done" });
  const [isDeleting, setIsDeleting] = useState(false);
  const remove = useDeleteTrial();
  const now = currentTime();
  return (
    <section className="stack" aria-label={t("Trial run")}>
      <div className={classes.top}>
        <h2 className={classes.title}>
          {t("Trial run of {at}: {days, plural, one {# day} other {# days}}", {
            at: dayAndTime(run.created_at, now),
            days: run.days,
          })}
        </h2>
        {!isRunning(run) && (
          <Button variant="subtle" color="gray" onClick={() => setIsDeleting(true)}>
            {t("Delete …")}
          </Button>
        )}
      </div>
      {isRunning(run) && <Underway run={run} />}
      {run.status === "failed" && (
        <p role="alert">
          <State kind="bad" isSentence>
            {run.error ?? t("Failed")}
          </State>
        </p>
      )}
      {run.status === "cancelled" && <p>{t("This trial run was stopped, so it has no report.")}</p>}
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      {run.status === "done" && !found.data && !found.error && <LinesSkeleton lines={4} />}
      {found.data?.report && <TrialRunReport run={found.data} report={found.data.report} />}
      {isDeleting && (
        <Confirm
          title={t("Delete this trial run?")}
          verb={t("Delete")}
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(run, { onSuccess: () => setIsDeleting(false) })}
          onClose={() => setIsDeleting(false)}
        >
          <p>{t("Its report and its emails are deleted. The sequence and its contacts stay.")}</p>
        </Confirm>
      )}
    </section>
  );
}

function Underway({ run }: { run: TrialRunBrief }) {
  const stop = useStopTrial();
  const { begins_at, reached_at, days } = run;
  const done = begins_at && reached_at ? daysBetween(begins_at, reached_at) : 0;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p aria-live="polite">
        {reached_at && done > 0
          ? t("Day {done, number} of {days, number}: {day}", {
              done,
              days,
              day: dayOf(reached_at, currentTime()),
            })
          : run.status === "pending"
            ? t("Waiting for its turn …")
            : t("Copying the sequence and its contacts …")}
      </p>
      <Progress value={(done / days) * 100} aria-label={t("Progress")} />
      <Trouble error={stop.error} doing="writing" />
      <div>
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(run)}>
          {t("Stop")}
        </Button>
      </div>
    </div>
  );
}

function daysBetween(from: string, until: string) {
  return Math.floor((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
