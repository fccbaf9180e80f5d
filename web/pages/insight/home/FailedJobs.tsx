import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import classes from "./NeedsYou.module.css";

const SHOWN = 10;

const keyOf = (userId: string) => ["failed-jobs", userId];

export function useFailedJobs() {
  const { user } = useMe();
  return useQuery({
    queryKey: keyOf(user.id),
    queryFn: () => api.progress.list({ unseen_failures: true, per_page: SHOWN }),
    refetchInterval: 60_000,
  });
}

export type FailedJobs = NonNullable<ReturnType<typeof useFailedJobs>["data"]>;
type Job = FailedJobs["entity_progress_jobs"][number];

/** Jobs that failed for good: a person's own, and for an admin everybody's, until they are marked as seen. */
export function FailedJobsPart({ jobs }: { jobs: FailedJobs }) {
  const { entity_progress_jobs: shown, pagination } = jobs;
  if (shown.length === 0) return null;
  const beyond = pagination.total_entries - shown.length;
  return (
    <section aria-labelledby="failed-jobs" className={classes.part}>
      <h2 id="failed-jobs" className={classes.title}>
        {t("Failed jobs")}
      </h2>
      <ul className={classes.list}>
        {shown.map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
      </ul>
      {beyond > 0 && <p className="soft small">{t("{beyond, number} more failed earlier.", { beyond })}</p>}
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  const { user } = useMe();
  const people = usePeople();
  const client = useQueryClient();
  const seen = useMutation({
    mutationFn: () => api.progress.markSeen({ id: job.id }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keyOf(user.id) }),
        client.invalidateQueries({ queryKey: ["waiting"] }),
      ]),
  });
  const starter = people.data?.find(({ id }) => id === job.user_id)?.name ?? t("a former user");
  return (
    <li className={classes.line}>
      <IconAlertTriangle size="1.125rem" stroke={1.75} aria-hidden className={classes.sign} data-bad />
      <span className={classes.words}>
        <span>
          {t("{name} failed after {done, number} of {total, number}.", {
            name: job.name,
            done: job.done,
            total: job.total,
          })}
        </span>
        <span className="soft small">
          {job.error}{" "}
          {job.user_id === user.id ? t("Started by you,") : t("Started by {starter},", { starter })}{" "}
          <Moment at={job.created_at} />
        </span>
        {seen.error && <Trouble error={seen.error} onRetry={() => seen.mutate()} />}
      </span>
      <Button variant="default" size="xs" loading={seen.isPending} onClick={() => seen.mutate()}>
        {t("Mark as seen")}
      </Button>
    </li>
  );
}
