// Figures of the whole installation. They see no names and no addresses.

import type { Db } from "../../../db/connect.ts";

export type FigureRow = {
  figure: "queue" | "held" | "unconfirmed" | "webhooks" | "mailboxes" | "engines";
  teamId: string | null;
  subject: string | null;
  amount: number;
  oldestSeconds: number | null;
};

export function installationFigures(db: Db) {
  return db.rows<FigureRow>(
    "select figure, team_id, subject, amount, oldest_seconds from installation_figures()",
  );
}

export type JobRow = {
  queue: string;
  waiting: number;
  failed: number;
  failedLately: number;
  oldestSeconds: number;
};

/** Of pg-boss, whose own queues are left out. It goes by the real clock. */
export function jobFigures(db: Db, queues: readonly string[]) {
  return db.rows<JobRow>(
    `select q.name as queue,
            count(j.id) filter (where j.state in ('created', 'retry') and j.start_after <= c.at)::int as waiting,
            count(j.id) filter (where j.state = 'failed')::int as failed,
            count(j.id) filter (where j.state = 'failed' and j.completed_on > c.at - interval '1 hour')::int as failed_lately,
            coalesce(extract(epoch from c.at - min(j.start_after)
              filter (where j.state in ('created', 'retry') and j.start_after <= c.at)), 0)::float8 as oldest_seconds
       from (select clock_timestamp() as at) c, -- db clock: pg-boss goes by it
            unnest($1::text[]) as q (name)
       left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry', 'failed')
      group by q.name, c.at order by q.name`,
    [queues],
  );
}
