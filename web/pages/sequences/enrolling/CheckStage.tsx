import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { PromiseNote } from "../promises/PromiseNote.tsx";
import { promiseQuery } from "../promises/queries.ts";
import { byMailbox } from "../promises/words.ts";
import classes from "./AddContactsDialog.module.css";
import { type Check, dayWords } from "./check.ts";
import { Notes } from "./Notes.tsx";
import { Previews } from "./Previews.tsx";
import { rehearsalQuery, useBeginsWithMail } from "./queries.ts";
import { Reasons } from "./Reasons.tsx";
import { SurgeWarnings } from "./SurgeWarnings.tsx";
import type { EnrollmentForm, JoinInput } from "./wish.ts";

type Props = { wish: EnrollmentForm; change: (part: Partial<EnrollmentForm>) => void; request: JoinInput };

/** The dry run's result: how many join, who does not and what would let them in, and the promised dates. */
export function CheckStage({ wish, change, request }: Props) {
  const { data: check, error, refetch, isFetching } = useQuery(rehearsalQuery(request));
  const isMail = useBeginsWithMail(wish);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!check) return <Waiting />;
  return (
    <div className={`stack ${isFetching ? classes.busy : ""}`} aria-busy={isFetching}>
      <Result check={check} />
      <Reasons check={check} wish={wish} change={change} lookAgain={() => void refetch()} />
      <SurgeWarnings surges={check.surges} />
      <Notes check={check} wish={wish} />
      {check.joining > 0 && (
        <div className={classes.two}>
          <PromiseNote asked={promiseQuery(request)} isMail={isMail} />
          <Split split={check.split} request={request} />
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
        {t("{joining, number} will be added · {leftOut, number} will be skipped", { joining, leftOut })}
      </p>
      {untried > 0 && (
        <p className="soft small">
          {t(
            "Checked the first {joining, number} contacts. The other {untried, number} will be checked while they are added.",
            { joining: joining + leftOut, untried },
          )}
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

function Split({ split, request }: { split: Check["split"]; request: JoinInput }) {
  const { data: promise } = useQuery(promiseQuery(request));
  const lasts = promise && byMailbox(promise.first_steps);
  const last = (id: string) => lasts?.get(id)?.last;
  return (
    <div>
      <h3 className={classes.heading}>{t("Sent from")}</h3>
      <table className={classes.split}>
        <thead>
          <tr>
            <th scope="col">{t("Mailbox")}</th>
            <th scope="col">{t("Contacts")}</th>
            <th scope="col">{t("Remaining today")}</th>
            <th scope="col">{t("Last contact starts")}</th>
          </tr>
        </thead>
        <tbody>
          {split.map(({ email_account_id, email, added, remaining_today: left, resting }) => (
            <tr key={email_account_id}>
              <th scope="row">
                {email}
                {resting && <span className="soft small"> {t("· on hold, its server refuses email")}</span>}
              </th>
              <td>{figure(added)}</td>
              <td>
                {left === null
                  ? t("no limit")
                  : left < 0
                    ? t("{value} over the limit", { value: -left })
                    : left}
              </td>
              <td>{promise ? dayOrNever(last(email_account_id)) : "…"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {split.some(({ remaining_today: left }) => left !== null && left < 0) && (
        <p className="soft small">{t("Emails over the daily limit will go out on the following days.")}</p>
      )}
    </div>
  );
}

function dayOrNever(at: string | undefined) {
  return at ? dayWords(new Date(at)) : "–";
}

function Waiting() {
  return (
    <div className="stack" aria-busy="true">
      <p role="status" className="soft">
        {t("Preparing the preview …")}
      </p>
      <Skeleton height={24} width="40%" />
      <Skeleton height={10} />
      <Skeleton height={120} />
    </div>
  );
}
