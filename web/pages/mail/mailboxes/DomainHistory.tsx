import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import classes from "./DomainHistory.module.css";
import { CHECKS, KINDS } from "./Health.tsx";
import { type DomainFinding, findingsQuery } from "./queries.ts";

/** What each check found over time: the newest first, with the record before and after. */
export function DomainHistory({ domain }: { domain: string }) {
  const { data: findings, error, refetch } = useQuery(findingsQuery(domain));
  return (
    <Section title={t("History of checks")} note={t("What changed in the DNS, and when Cadenza saw it.")}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {findings?.length === 0 && <p className="soft">{t("Not checked yet.")}</p>}
      <ol className={classes.list}>
        {findings?.map((one) => (
          <Finding key={`${one.check} ${one.first_seen_at}`} finding={one} />
        ))}
      </ol>
    </Section>
  );
}

function Finding({
  finding: { check, state, evidence, was, first_seen_at, last_seen_at },
}: {
  finding: DomainFinding;
}) {
  const [kind, word] = KINDS[state];
  const name = CHECKS.find(({ key }) => key === check)?.name ?? check;
  const isNewRecord = was !== null && was.state === state;
  return (
    <li className={classes.finding}>
      <span className={classes.name}>{name}</span>
      <State kind={kind}>{check === "blocklists" && state === "faulty" ? t("Listed") : word}</State>
      <div className={classes.says}>
        <p>
          {was === null
            ? t("First result")
            : isNewRecord
              ? t("Another record")
              : t("Before: {state}", { state: KINDS[was.state][1] })}
          {" · "}
          <Moment at={first_seen_at} />
          {last_seen_at !== first_seen_at && (
            <>
              {" · "}
              {t("last seen")} <Moment at={last_seen_at} />
            </>
          )}
        </p>
        {(evidence || was?.evidence) && (
          <details>
            <summary>{was?.evidence ? t("Before and after") : t("What was found")}</summary>
            {was?.evidence && <pre className={classes.before}>{was.evidence}</pre>}
            <pre className={classes.after}>{evidence ?? t("No record")}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
