import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { count, figure } from "../../parts/figures.ts";
import { accountFor } from "../../parts/trouble.ts";
import { dayWords } from "../enrolling/check.ts";
import classes from "./Promises.module.css";
import type { AddPromise, filePromiseQuery, promiseQuery } from "./queries.ts";
import { keptBy, sayPromise } from "./words.ts";

const FirstSends = lazy(async () => ({ default: (await import("../enrolling/FirstSends.tsx")).FirstSends }));

type Props = { asked: ReturnType<typeof promiseQuery | typeof filePromiseQuery>; isMail: boolean };

/** When they begin, by the engine's own rules; it arrives a little after the rest. */
export function PromiseNote({ asked, isMail }: Props) {
  const { data: promise, error } = useQuery<AddPromise>(asked as never);
  const now = new Date();
  if (error)
    return (
      <div className={classes.note}>
        <h3 className={classes.heading}>First steps</h3>
        <p className="soft">Nobody can say when: {accountFor(error, "reading").happened}</p>
      </div>
    );
  if (!promise)
    return (
      <div className={classes.note} aria-busy="true">
        <h3 className={classes.heading}>First steps</h3>
        <p className="soft" role="status">
          Looking ahead …
        </p>
        <Skeleton height={112} />
      </div>
    );
  const kept = keptBy(promise, now);
  return (
    <div className={classes.note}>
      <h3 className={classes.heading}>First steps, by day</h3>
      <p role="status" className={classes.said}>
        {sayPromise(promise, now, isMail ? "their first mail" : "their first step")}
      </p>
      {promise.first_steps.length > 0 && (
        <Suspense fallback={<div style={{ height: 112 }} />}>
          <FirstSends hours={promise.first_steps} />
        </Suspense>
      )}
      {kept.length > 0 && (
        <ul className="bullets small soft" aria-label="What keeps the rest">
          {kept.map(({ code, sentence, count: many }) => (
            <li key={code}>
              {count(many, "contact")} later: {sentence}
            </li>
          ))}
        </ul>
      )}
      {promise.at_least && (
        <p className="soft small">Of the first {figure(promise.people)}; the others follow them.</p>
      )}
      {promise.last_finishes_at && (
        <p className="soft small">
          The last of them is through on {dayWords(new Date(promise.last_finishes_at))}, if nobody answers.
        </p>
      )}
    </div>
  );
}
