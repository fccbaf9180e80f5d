// What belongs to a contact: where they are in sequences, what is to be done, what they may buy.

import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { numberFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import { StatusWord } from "../../insight/explain/StatusWord.tsx";
import { writeSubject } from "../../insight/explain/subject.ts";
import { useSequenceNames } from "../../insight/story/queries.ts";
import { KIND_CHOICES } from "../../work/tasks/words.tsx";
import classes from "./Around.module.css";
import type { Contact } from "./queries.ts";

type Line = { key: string; name: ReactNode; note?: ReactNode; at?: ReactNode };

function Lines({ lines, none }: { lines: readonly Line[] | undefined; none: ReactNode }) {
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
      none={<InNoSequence id={contact.id} />}
      lines={all.map((one) => ({
        key: one.id,
        name: (
          <Link to="/sequences/$id" params={{ id: one.emailer_campaign_id }}>
            {names.get(one.emailer_campaign_id) ?? t("Sequence")}
          </Link>
        ),
        note: (
          <StatusWord
            of={{ type: "enrollment", id: one.id }}
            state={one.status}
            note={
              one.current_step_position === null
                ? null
                : t("step {current_step_position}", { current_step_position: one.current_step_position })
            }
          />
        ),
        at: <Moment at={one.added_at} />,
      }))}
    />
  );
}

/** What would keep them out of one, or that nothing would. */
function InNoSequence({ id }: { id: string }) {
  const [, change] = useAddress();
  return (
    <>
      {t("Not in any sequence.")}{" "}
      <Anchor
        component="button"
        type="button"
        onClick={() => change({ why: writeSubject({ type: "contact", id }) })}
      >
        {t("Why?")}
      </Anchor>
    </>
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
      none={t("No tasks.")}
      lines={tasks.data?.map(({ id: one, title, type, status, due_at }) => ({
        key: one,
        name: (
          <Link to="/tasks" search={{ open: one }}>
            {title || KIND_CHOICES.find(({ value }) => value === type)?.label || t("Task")}
          </Link>
        ),
        note: STATUSES[status] ?? status,
        at: <Moment at={due_at} />,
      }))}
    />
  );
}

const STATUSES: Partial<Record<string, string>> = perLanguage(() => ({
  scheduled: t("Due"),
  completed: t("Done"),
  skipped: t("Skipped"),
}));

export function ContactDeals({ id }: { id: string }) {
  const deals = useQuery({
    queryKey: ["deals", "of", id],
    queryFn: async () => (await api.opportunities.ofContact({ id })).opportunities,
  });
  if (deals.error) return <Trouble error={deals.error} onRetry={() => void deals.refetch()} />;
  return (
    <Lines
      none={t("No deals with this contact or company.")}
      lines={deals.data?.map(({ id: one, name, amount, closed_date }) => ({
        key: one,
        name: (
          <Link to="/deals" search={{ open: one }}>
            {name}
          </Link>
        ),
        note: amount === null ? "" : numberFormat().format(amount),
        at: closed_date ? <Moment at={closed_date} /> : null,
      }))}
    />
  );
}
