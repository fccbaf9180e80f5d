import { Button, CloseButton, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { figure } from "../../parts/figures.ts";
import { accountFor } from "../../parts/trouble.ts";
import { api } from "../../session.ts";
import classes from "./WorkLines.module.css";
import { countWords } from "./words.ts";
import { onWorkStarted, useWork, type Work } from "./work.ts";

const SHOWN = 4;
const LOOK_EVERY_MS = 1500;

/** At the foot of every page: how far long work is, and what it came to. */
export function WorkLines() {
  const [works, setWorks] = useWork();
  const begin = useEffectEvent((work: Work) =>
    setWorks((now) => [work, ...now.filter(({ id }) => id !== work.id)].slice(0, SHOWN)),
  );
  useEffect(() => onWorkStarted((work) => begin(work)), []);
  if (works.length === 0) return null;
  const forget = (id: string) => setWorks((now) => now.filter((work) => work.id !== id));
  return (
    <section className={classes.lines} aria-label="Long work">
      {works.map((work) => (
        <Line key={work.id} work={work} onForget={() => forget(work.id)} />
      ))}
    </section>
  );
}

type Job = Awaited<ReturnType<typeof api.progress.get>>["entity_progress_job"];

const isUnderWay = (job: Job | undefined) => job?.status === "pending" || job?.status === "running";

function Line({ work, onForget }: { work: Work; onForget: () => void }) {
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
            Stop
          </Button>
        </>
      ) : (
        <>
          {work.href && (
            <a href={work.href} className={classes.link}>
              Read the report
            </a>
          )}
          <CloseButton aria-label={`Put away: ${work.says}`} onClick={onForget} />
        </>
      )}
    </div>
  );
}

function sayJob(job: Job | undefined) {
  if (!job) return "Looking how far it is …";
  const counts = countWords(job.counts);
  switch (job.status) {
    case "pending":
      return "Waits for its turn.";
    case "running":
      return `${figure(job.done)} of ${figure(job.total)}${counts && `: ${counts}`}`;
    case "done":
      return counts ? `Done: ${counts}.` : "Done.";
    case "cancelled":
      return `Stopped. What was done stays done${counts && `: ${counts}`}.`;
    case "failed":
      return `It failed${job.error ? `: ${job.error}` : "."}`;
  }
}

/** Whoever looks at what the work has changed sees it without a reload. */
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
