import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { clockOf } from "../../parts/told.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import classes from "./AddContactsDialog.module.css";
import type { Check } from "./check.ts";
import { Previews } from "./Previews.tsx";
import { rehearsalQuery } from "./queries.ts";
import { Reasons } from "./Reasons.tsx";
import type { JoinInput, Wish } from "./wish.ts";
import { count, warningWords } from "./words.ts";

const FirstSends = lazy(async () => ({ default: (await import("./FirstSends.tsx")).FirstSends }));

type Props = { wish: Wish; change: (part: Partial<Wish>) => void; request: JoinInput };

/** The dry run, told: how many join, who does not and what would let them in, and what comes of it. */
export function CheckStage({ wish, change, request }: Props) {
  const { data: check, error, refetch, isFetching } = useQuery(rehearsalQuery(request));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!check) return <Waiting />;
  return (
    <div className={`stack ${isFetching ? classes.busy : ""}`} aria-busy={isFetching}>
      <Result check={check} />
      <Reasons check={check} wish={wish} change={change} lookAgain={() => void refetch()} />
      <Notes check={check} wish={wish} />
      {check.joining > 0 && (
        <div className={classes.two}>
          <When check={check} />
          <Split split={check.split} />
        </div>
      )}
      <Previews previews={check.previews} />
    </div>
  );
}

function Result({ check: { joining, leftOut, untried } }: { check: Check }) {
  const of = Math.max(1, joining + leftOut + untried);
  const parts = [
    { name: classes.joins, share: joining },
    { name: classes.not, share: leftOut },
    { name: classes.untried, share: untried },
  ];
  return (
    <div role="status">
      <p className={classes.result}>
        {joining.toLocaleString("en")} {joining === 1 ? "joins" : "join"} · {leftOut.toLocaleString("en")}{" "}
        {leftOut === 1 ? "does" : "do"} not
      </p>
      {untried > 0 && (
        <p className="soft small">
          Of the first {(joining + leftOut).toLocaleString("en")}. {untried.toLocaleString("en")} more are
          looked at while they are added.
        </p>
      )}
      <div className={classes.bar} aria-hidden="true">
        {parts.map(
          ({ name, share }) =>
            share > 0 && <span key={name} className={name} style={{ width: `${(share / of) * 100}%` }} />,
        )}
      </div>
    </div>
  );
}

/** What else whoever presses the button should know. */
function Notes({ check, wish }: { check: Check; wish: Wish }) {
  const { data } = useQuery({ ...sequenceQuery(wish.sequenceId ?? ""), enabled: wish.sequenceId !== null });
  const notes = [
    data?.emailer_campaign.active === false &&
      !wish.startsAt &&
      "The sequence is paused: they wait until it is approved.",
    data?.emailer_campaign.num_steps === 0 && "The sequence has no steps yet, so nothing is sent.",
    ...check.warnings.map(
      ({ code, count: people }) =>
        `${count(people, "contact")} would join ${warningWords(code)}: ${code === "touch_limit" ? "their first step waits" : "their mails fail"}.`,
    ),
    check.credits && creditWords(check.credits),
  ].filter((note) => typeof note === "string");
  return (
    <ul className="bullets small soft">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function creditWords({ least, expected, most }: NonNullable<Check["credits"]>) {
  if (most === 0) return "Costs no credits.";
  return least === most
    ? `Costs ${count(expected, "credit")}.`
    : `Costs about ${count(expected, "credit")}: ${least} at least, ${most} at most.`;
}

function When({ check: { outlook } }: { check: Check }) {
  if (!outlook || outlook.first_steps.length === 0)
    return (
      <div>
        <h3 className={classes.heading}>First steps</h3>
        <p className="soft">Nobody can say when, as things are.</p>
      </div>
    );
  const last = outlook.last_finishes_at;
  return (
    <div>
      <h3 className={classes.heading}>First steps, by day</h3>
      <Suspense fallback={<div style={{ height: 112 }} />}>
        <FirstSends hours={outlook.first_steps} />
      </Suspense>
      {last && (
        <p className="soft small">
          The last of them could be through on {clockOf(new Date(last), undefined, new Date()).split(",")[0]},
          if nobody answers.
        </p>
      )}
    </div>
  );
}

function Split({ split }: { split: Check["split"] }) {
  return (
    <div>
      <h3 className={classes.heading}>Sent from</h3>
      <table className={classes.split}>
        <thead>
          <tr>
            <th scope="col">Mailbox</th>
            <th scope="col">Contacts</th>
            <th scope="col">Left today</th>
          </tr>
        </thead>
        <tbody>
          {split.map(({ email_account_id, email, added, remaining_today: left }) => (
            <tr key={email_account_id}>
              <th scope="row">{email}</th>
              <td>{added.toLocaleString("en")}</td>
              <td>{left === null ? "no limit" : left < 0 ? `${-left} over` : left}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {split.some(({ remaining_today: left }) => left !== null && left < 0) && (
        <p className="soft small">What is over a day's limit goes on the days after.</p>
      )}
    </div>
  );
}

function Waiting() {
  return (
    <div className="stack" aria-busy="true">
      <p role="status" className="soft">
        Trying it out …
      </p>
      <Skeleton height={24} width="40%" />
      <Skeleton height={10} />
      <Skeleton height={120} />
    </div>
  );
}
