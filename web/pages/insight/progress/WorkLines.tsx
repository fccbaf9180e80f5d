import { Button, CloseButton, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { t } from "../../../language/t.ts";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import classes from "./WorkLines.module.css";
import { countWords } from "./words.ts";
import { onWorkStarted, type RunningJob, useWork } from "./work.ts";

const SHOWN = 4;
const LOOK_EVERY_MS = 1500;

/** At the foot of every page: how far long work is, and what it came to. */
export function WorkLines() {
  const [works, setWorks] = useWork();
  const begin = useEffectEvent((work: RunningJob) =>
    setWorks((now) => [work, ...now.filter(({ id }) => id !== work.id)].slice(0, SHOWN)),
  );
  useEffect(() => onWorkStarted((work) => begin(work)), []);
  if (works.length === 0) return null;
  const forget = (id: string) => setWorks((now) => now.filter((work) => work.id !== id));
  return (
    <section className={classes.lines} aria-label={t("Background jobs")}>
      {works.map((work) => (
        <Line key={work.id} work={work} onForget={() => forget(work.id)} />
      ))}
    </section>
  );
}

type Job = Awaited<ReturnType<typeof api.progress.get>>["entity_progress_job"];

const isUnderWay = (job: Job | undefined) => job?.status === "pending" || job?.status === "running";

function Line({ work, onForget }: { work: RunningJob; onForget: () => void }) {
  const queries = useQueryClient();
  const { data: job, error } = useQuery({
    queryKey: ["work", work.id],
    queryFn: async () => (await api.progress.get({ id: work.id })).entity_progress_job,
    refetchInterval: ({ state }) => (!state.data || isUnderWay(state.data) ? LOOK_EVERY_MS : false),
    retry: 2,
  });
  const cancel = useMutation({
    mutationFn: () => api.progress.cancel({ id: work.id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["work", work.id] }),
  });
  useRefreshOnEnd(job);
  const goesOn = !error && (!job || isUnderWay(job));
  return (
    <div className={classes.line}>
      <p className={classes.words} role="status">
        <span>{work.says}</span>
        <span className="soft">{error ? accountFor(error, "reading").happened : sayJob(job)}</span>
      </p>
      {goesOn ? (
        <>
          <Progress value={job?.percent ?? 0} size="sm" className={classes.bar} aria-label={work.says} />
          <Button variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t("Stop")}
          </Button>
        </>
      ) : (
        <>
          {work.href && (
            <a href={work.href} className={classes.link}>
              {t("View report")}
            </a>
          )}
          <CloseButton aria-label={t("Dismiss: {says}", { says: work.says })} onClick={onForget} />
        </>
      )}
    </div>
  );
}

function sayJob(job: Job | undefined) {
  if (!job) return t("Loading …");
  const counts = countWords(job.counts);
  switch (job.status) {
    case "pending":
      return t("Waiting to start.");
    case "running":
      return t("{done, number} of {total, number}{counts}", {
        done: job.done,
        total: job.total,
        counts: counts && `: ${counts}`,
      });
    case "done":
      return counts ? t("Done: {counts}.", { counts }) : t("Done.");
    case "cancelled":
      return t("Stopped. Completed changes stay{counts}.", { counts: counts && `: ${counts}` });
    case "failed":
      return job.error ? t("Failed: {error}", { error: job.error }) : t("Failed.");
  }
}

/** Pages that show what the work changed are refreshed without a reload. */
function useRefreshOnEnd(job: Job | undefined) {
  const queries = useQueryClient();
  const hasEnded = job !== undefined && !isUnderWay(job);
  useEffect(() => {
    if (!hasEnded) return;
    for (const noun of [
      "enrollments",
      "sequences",
      "contacts",
      "joining",
      "activity",
      "waiting",
      "failed-jobs",
    ])
      void queries.invalidateQueries({ queryKey: [noun] });
  }, [hasEnded, queries]);
}
