import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { count, figure } from "../../parts/figures.ts";
import { Told } from "../../parts/Told.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { mailboxesQuery } from "../mailboxes/queries.ts";
import classes from "./Promises.module.css";
import { promisedQuery } from "./queries.ts";
import { promisedDays, sayPromised } from "./words.ts";

const Days = lazy(async () => ({ default: (await import("./PromisedDays.tsx")).PromisedDays }));

const OWN_TITLE = <h3 className={classes.heading}>Promised, and begun</h3>;

type Props = { sequenceId: string; requestId?: string; title?: React.ReactNode };

/** What was promised when people were added, and what came of it. Nothing where nobody was promised anything. */
export function Promised({ sequenceId, requestId, title = OWN_TITLE }: Props) {
  const found = useQuery(promisedQuery(sequenceId, requestId));
  const { data: mailboxes = [] } = useQuery(mailboxesQuery);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  const promised = found.data;
  if (!promised) return null;
  const emails = new Map(mailboxes.map(({ id, email }) => [id, email]));
  const days = promisedDays(promised, new Date());
  return (
    <section className={classes.promised}>
      {title}
      <p role="status" className={classes.said}>
        {sayPromised(promised)}
      </p>
      {days.length > 0 && (
        <Suspense fallback={<div style={{ height: 200 }} />}>
          <Days days={days} />
        </Suspense>
      )}
      {(promised.waiting.length > 0 || promised.gone.length > 0) && (
        <ul className="bullets small soft" aria-label="Who has not begun, and why">
          {promised.waiting.map(({ code, sentence, email_account_id: box, count: many }) => (
            <li key={`${code} ${box}`}>
              {figure(many)} {many === 1 ? "waits" : "wait"}
              {nameUnlessSaid(emails.get(box ?? ""), sentence)}: <Told>{sentence}</Told>
            </li>
          ))}
          {promised.gone.map(({ status, reason, count: many }) => (
            <li key={`${status} ${reason}`}>
              {count(many, "contact")} will not begin: {status}
              {reason ? `, ${reason.replaceAll("_", " ")}` : ""}.
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function nameUnlessSaid(email: string | undefined, sentence: string) {
  return email && !sentence.includes(email) ? ` for ${email}` : "";
}
