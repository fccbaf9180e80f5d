import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { State } from "../../../parts/State.tsx";
import classes from "./Placement.module.css";
import { PlacementBar } from "./PlacementBar.tsx";
import type { PlacementTest } from "./placement-queries.ts";
import { adviceSays, folderName, noteOn, PLACES, providerName } from "./placement-words.ts";

/** One test: its bar, what to do, and each seed. */
export function PlacementResult({ test }: { test: PlacementTest }) {
  const { subject, started_at, finished_at, counts, inbox_percent, advice, results } = test;
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p>
        <strong>
          {finished_at === null
            ? t("Test running: {open, plural, one {# email} other {# emails}} under way.", {
                open: counts.open,
              })
            : inbox_percent === null
              ? t("No result.")
              : t("{percent} % in the inbox", { percent: inbox_percent })}
        </strong>{" "}
        <span className="soft">
          {subject} · <Moment at={started_at} />
        </span>
      </p>
      <PlacementBar counts={counts} />
      {advice.length > 0 && (
        <ul className={classes.advice}>
          {advice.map((one) => (
            <li key={one.code}>{adviceSays(one)}</li>
          ))}
        </ul>
      )}
      <ul className={classes.results} aria-label={t("Seed mailboxes")}>
        {results.map((result) => (
          <Seed key={result.seed_id} result={result} />
        ))}
      </ul>
    </div>
  );
}

function Seed({ result }: { result: PlacementTest["results"][number] }) {
  const { email, provider, place, seconds, server_said } = result;
  const shown = PLACES.find(({ key }) => key === (place ?? "open"));
  const folder = folderName(result);
  const note = noteOn(result);
  const checks = (["spf", "dkim", "dmarc"] as const).filter((check) => result[check] !== null);
  return (
    <li className={classes.seed}>
      <div>
        <div className={classes.email}>{email}</div>
        <div className="soft small">{providerName(provider)}</div>
      </div>
      <div>
        <State kind={shown?.kind ?? "off"}>{folder ? `${shown?.name}: ${folder}` : shown?.name}</State>
        {seconds !== null && (
          <span className="soft small">
            {" "}
            {t("after {seconds, plural, one {# second} other {# seconds}}", { seconds })}
          </span>
        )}
        {note && <div className="soft small">{note}</div>}
        {place === "unsent" && server_said && <div className="soft small">{server_said}</div>}
      </div>
      <div className={classes.checks}>
        {checks.map((check) => (
          <State key={check} kind={kindOf(result[check])}>
            {check.toUpperCase()} {result[check]}
          </State>
        ))}
      </div>
    </li>
  );
}

function kindOf(verdict: string | null) {
  if (verdict === "pass") return "good";
  return verdict === "fail" || verdict === "softfail" || verdict === "permerror" ? "bad" : "off";
}
