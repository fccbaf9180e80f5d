import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { t } from "../../../language/t.ts";
import { ChartSkeleton } from "../../../parts/charts/ChartSkeleton.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Told } from "../../../parts/Told.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { dayWords } from "../enrolling/check.ts";
import classes from "./Promises.module.css";
import type { filePromiseQuery, promiseQuery } from "./queries.ts";
import { keptBy, sayPromise } from "./words.ts";

const FirstSends = lazy(async () => ({ default: (await import("../enrolling/FirstSends.tsx")).FirstSends }));

type Props = { asked: ReturnType<typeof promiseQuery | typeof filePromiseQuery>; isMail: boolean };

/** When they begin, by the engine's own rules; it arrives a little after the rest. */
export function PromiseNote({ asked, isMail }: Props) {
  const { data: promise, error } = useQuery(asked);
  const now = currentTime();
  if (error)
    return (
      <div className={classes.note}>
        <h3 className={classes.heading}>{t("First steps")}</h3>
        <p className="soft">
          {t("Start dates unknown: {happened}", { happened: accountFor(error, "reading").happened })}
        </p>
      </div>
    );
  if (!promise)
    return (
      <div className={classes.note} aria-busy="true">
        <h3 className={classes.heading}>{t("First steps")}</h3>
        <p className="soft" role="status">
          {t("Calculating …")}
        </p>
        <Skeleton height={112} />
      </div>
    );
  const kept = keptBy(promise, now);
  return (
    <div className={classes.note}>
      <h3 className={classes.heading}>{t("First steps by day")}</h3>
      <p role="status" className={classes.said}>
        {sayPromise(promise, now, isMail ? t("their first email") : t("their first step"))}
      </p>
      {promise.first_steps.length > 0 && (
        <Suspense fallback={<ChartSkeleton height={112} />}>
          <FirstSends hours={promise.first_steps} />
        </Suspense>
      )}
      {kept.length > 0 && (
        <ul className="bullets small soft" aria-label={t("Delays")}>
          {kept.map(({ code, sentence, count: many }) => (
            <li key={code}>
              <Told>
                {t("{many, plural, one {# contact} other {# contacts}} later: {sentence}", {
                  many,
                  sentence,
                })}
              </Told>
            </li>
          ))}
        </ul>
      )}
      {promise.at_least && (
        <p className="soft small">
          {t("Calculated for the first {people, number} contacts; the others follow.", {
            people: promise.people,
          })}
        </p>
      )}
      {promise.last_finishes_at && (
        <p className="soft small">
          {t("The last contact finishes on {dayWords}, if nobody replies.", {
            dayWords: dayWords(new Date(promise.last_finishes_at)),
          })}
        </p>
      )}
    </div>
  );
}
