// What belongs to a contact: where they are in sequences, what is to be done, what they may buy.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Moment } from "../../parts/Moment.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
import { StatusWord } from "../explain/StatusWord.tsx";
import { useSequenceNames } from "../story/queries.ts";
import { KIND_CHOICES } from "../tasks/words.tsx";
import classes from "./Around.module.css";
import type { Contact } from "./queries.ts";

type Line = { key: string; name: ReactNode; note?: ReactNode; at?: ReactNode };

function Lines({ lines, none }: { lines: readonly Line[] | undefined; none: string }) {
  if (lines?.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className={classes.lines}>
      {lines?.map(({ key, name, note, at }) => (
        <li key={key} className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.note}>{note}</span>
          <span className={classes.at}>{at}</span>
        </li>
      ))}
    </ul>
  );
}

export function ContactSequences({ contact }: { contact: Contact }) {
  const all = contact.contact_campaign_statuses;
  const names = useSequenceNames(all.map(({ emailer_campaign_id }) => emailer_campaign_id));
  return (
    <Lines
      none="In no sequence."
      lines={all.map((one) => ({
        key: one.id,
        name: (
          <Link to="/sequences/$id" params={{ id: one.emailer_campaign_id }}>
            {names.get(one.emailer_campaign_id) ?? "A sequence"}
          </Link>
        ),
        note: (
          <StatusWord
            of={{ type: "enrollment", id: one.id }}
            state={one.status}
            note={one.current_step_position === null ? null : `step ${one.current_step_position}`}
          />
        ),
        at: <Moment at={one.added_at} />,
      }))}
    />
  );
}

export function ContactTasks({ id }: { id: string }) {
  const tasks = useQuery({
    queryKey: ["tasks", "of", id],
    queryFn: async () =>
      (await api.tasks.search({ contact_id: id, per_page: 50, sort_by_field: "task_due_at" })).tasks,
  });
  if (tasks.error) return <Trouble error={tasks.error} onRetry={() => void tasks.refetch()} />;
  return (
    <Lines
      none="Nothing to do for them."
      lines={tasks.data?.map(({ id: one, title, type, status, due_at }) => ({
        key: one,
        name: (
          <Link to="/tasks" search={{ open: one }}>
            {title || KIND_CHOICES.find(({ value }) => value === type)?.label || "Task"}
          </Link>
        ),
        note: STATUSES[status] ?? status,
        at: <Moment at={due_at} />,
      }))}
    />
  );
}

const STATUSES: Partial<Record<string, string>> = { scheduled: "Due", completed: "Done", skipped: "Skipped" };

export function ContactDeals({ id }: { id: string }) {
  const deals = useQuery({
    queryKey: ["deals", "of", id],
    queryFn: async () => (await api.opportunities.ofContact({ id })).opportunities,
  });
  if (deals.error) return <Trouble error={deals.error} onRetry={() => void deals.refetch()} />;
  return (
    <Lines
      none="No deal with them or their company."
      lines={deals.data?.map(({ id: one, name, amount, closed_date }) => ({
        key: one,
        name: (
          <Link to="/deals" search={{ open: one }}>
            {name}
          </Link>
        ),
        note: amount === null ? "" : new Intl.NumberFormat("en-GB").format(amount),
        at: closed_date ? <Moment at={closed_date} /> : null,
      }))}
    />
  );
}
