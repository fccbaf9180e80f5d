import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import type { Failover } from "./queries.ts";

/** Only where a standby of the database may take over without a person. */
export function FailoverSection({ failover }: { failover: Failover }) {
  return (
    <Section
      title={t("Failover")}
      note={t(
        "If the database server fails, a standby takes over and sending goes on, provided that the standby has all sent emails.",
      )}
    >
      <Facts facts={factsOf(failover)} />
      {!failover.replicated && (
        <p className="small soft">
          {t("Check that a standby is connected. Emails go on by themselves once it confirms.")}{" "}
          <a href="/help/operate/postgresql#failover">{t("How failover works")}</a>
        </p>
      )}
    </Section>
  );
}

function factsOf({ replicated, switches, last_switch_at: last }: Failover) {
  const state = replicated ? (
    <State kind="good">{t("Confirms what is written")}</State>
  ) : (
    <State kind="bad" isSentence>
      {t("None confirms what is written. Emails are on hold.")}
    </State>
  );
  return [
    [t("Standby"), state],
    [t("Failovers"), switches],
    [t("Last failover"), last === null ? "–" : dayAndTime(last, currentTime())],
  ] as const;
}
