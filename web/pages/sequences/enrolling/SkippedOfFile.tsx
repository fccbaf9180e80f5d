import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { notEnrolledQuery } from "../../contacts/imports/queries.ts";
import { AddButton } from "./AddButton.tsx";
import classes from "./AddContactsDialog.module.css";
import { Notes } from "./Notes.tsx";
import { rehearsalQuery } from "./queries.ts";
import { Reasons } from "./Reasons.tsx";
import { SurgeWarnings } from "./SurgeWarnings.tsx";
import { type EnrollmentForm, type JoinInput, requestOf } from "./wish.ts";

type Props = {
  importId: string;
  /** The terms of the file, with which the skipped contacts are added too. */
  terms: EnrollmentForm;
};

/** The contacts of a file that did not join, by reason, with what lets them in, and the button that adds them. */
export function SkippedOfFile({ importId, terms }: Props) {
  const { data, error, refetch } = useQuery(notEnrolledQuery(importId));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={80} />;
  const { contactIds, total } = data;
  return (
    <section className="stack" aria-label={t("Contacts not added yet")}>
      {contactIds.length > 0 && <Mending ids={contactIds} terms={terms} />}
      {total > contactIds.length && (
        <p className="soft small">
          {t("These are the first {shown, number} of {total, number} skipped contacts.", {
            shown: contactIds.length,
            total,
          })}
        </p>
      )}
    </section>
  );
}

function Mending({ ids, terms }: { ids: readonly string[]; terms: EnrollmentForm }) {
  const whom = { ids, listIds: [], filter: null };
  const [wish, setWish] = useState<EnrollmentForm>({ ...terms, file: null, whom });
  const request = requestOf(wish, []);
  const change = (part: Partial<EnrollmentForm>) => setWish((now) => ({ ...now, ...part }));
  return request && <MendingOf request={request} wish={wish} change={change} />;
}

type MendingProps = {
  request: JoinInput;
  wish: EnrollmentForm;
  change: (part: Partial<EnrollmentForm>) => void;
};

const IS_IN = "contacts_already_exists_in_current_campaign";

function MendingOf({ request, wish, change }: MendingProps) {
  const { data: check, error, refetch, isFetching } = useQuery(rehearsalQuery(request));
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!check) return <Skeleton height={80} />;
  const groups = check.groups.filter(({ code }) => code !== IS_IN);
  const isIn = check.groups.find(({ code }) => code === IS_IN)?.people.length ?? 0;
  const isOver = groups.length === 0 && check.joining === 0;
  return (
    <div className={`stack ${isFetching ? classes.busy : ""}`} aria-busy={isFetching}>
      {!isOver && <h3 className={classes.heading}>{t("Skipped contacts")}</h3>}
      <p role="status">
        {isIn > 0 &&
          t("{n, plural, one {# skipped contact is} other {# skipped contacts are}} in the sequence now.", {
            n: isIn,
          })}
      </p>
      {!isOver && (
        <>
          <Reasons
            check={{ ...check, groups }}
            wish={wish}
            change={change}
            lookAgain={() => void refetch()}
          />
          <SurgeWarnings surges={check.surges} />
          <Notes check={check} wish={wish} />
          <div className="row end">
            <AddButton request={request} isRefused={false} onAdded={() => {}} onStarted={() => {}} />
          </div>
        </>
      )}
    </div>
  );
}
