import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { ChartSkeleton } from "../../../parts/charts/ChartSkeleton.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Told } from "../../../parts/Told.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { mailboxesQuery } from "../../mail/mailboxes/queries.ts";
import classes from "./Promises.module.css";
import { promisedQuery } from "./queries.ts";
import { promisedDays, sayPromised } from "./words.ts";

const Days = lazy(async () => ({ default: (await import("./PromisedDays.tsx")).PromisedDays }));

const OWN_TITLE = perLanguage(() => <h3 className={classes.heading}>{t("Promised and started")}</h3>);

type Props = { sequenceId: string; requestId?: string; title?: React.ReactNode };

/** The promise made when contacts were added, and how it was kept. Hidden when nothing was promised. */
export function Promised({ sequenceId, requestId, title = OWN_TITLE }: Props) {
  const found = useQuery(promisedQuery(sequenceId, requestId));
  const { data: mailboxes = [] } = useQuery(mailboxesQuery);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  const promised = found.data;
  if (!promised) return null;
  const emails = new Map(mailboxes.map(({ id, email }) => [id, email]));
  const days = promisedDays(promised, currentTime());
  return (
    <section className={classes.promised}>
      {title}
      <p role="status" className={classes.said}>
        {sayPromised(promised)}
      </p>
      {days.length > 0 && (
        <Suspense fallback={<ChartSkeleton height={200} />}>
          <Days days={days} />
        </Suspense>
      )}
      {(promised.waiting.length > 0 || promised.gone.length > 0) && (
        <ul className="bullets small soft" aria-label={t("Contacts not started")}>
          {promised.waiting.map(({ code, sentence, email_account_id: box, count: many }) => (
            <li key={`${code} ${box}`}>
              {t("{many, number} waiting{nameUnlessSaid}:", {
                many,
                nameUnlessSaid: nameUnlessSaid(emails.get(box ?? ""), sentence),
              })}{" "}
              <Told>{sentence}</Told>
            </li>
          ))}
          {promised.gone.map(({ status, reason, count: many }) => (
            <li key={`${status} ${reason}`}>
              {t("{many, plural, one {# contact} other {# contacts}} will not start: {status}{value}.", {
                many,
                status,
                value: reason ? `, ${reason.replaceAll("_", " ")}` : "",
              })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function nameUnlessSaid(email: string | undefined, sentence: string) {
  return email && !sentence.includes(email) ? t(" for {email}", { email }) : "";
}
