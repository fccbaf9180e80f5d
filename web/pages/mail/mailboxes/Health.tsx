import { Button } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State, type StateKind } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DkimDialog } from "./DkimDialog.tsx";
import classes from "./Health.module.css";
import { type Mailbox, useCheckDomain } from "./queries.ts";

export const CHECKS = perLanguage(
  () =>
    [
      { key: "login", name: t("Sign-in"), for: t("The mail servers accept the sign-in.") },
      { key: "spf", name: "SPF", for: t("Lists the servers that may send for the domain.") },
      { key: "dkim", name: "DKIM", for: t("A signature that proves the email was not changed.") },
      { key: "dmarc", name: "DMARC", for: t("Tells mail servers what to do when SPF and DKIM fail.") },
      { key: "mx", name: "MX", for: t("The mail servers that take replies and bounces.") },
      { key: "blocklists", name: t("Blocklists"), for: t("Lists of domains that send spam.") },
      { key: "mta_sts", name: "MTA-STS", for: t("Asks others to send to the domain with TLS only.") },
      { key: "tls_reports", name: "TLS-RPT", for: t("Asks for reports about failed TLS connections.") },
      { key: "bimi", name: "BIMI", for: t("Shows a logo in some mail programs.") },
    ] as const,
);

export const KINDS: Record<Mailbox["health"]["spf"]["state"], [StateKind, string]> = perLanguage(() => ({
  good: ["good", "OK"],
  missing: ["bad", t("Missing")],
  faulty: ["bad", t("Wrong")],
  unset: ["off", t("Not set")],
  unknown: ["off", t("Unknown")],
}));

/** By its API Microsoft writes each email anew, so a signature of ours would not hold. */
const SIGNS_ITSELF: Record<string, string> = perLanguage(() => ({
  microsoft_graph: t("Microsoft"),
  gmail_api: t("Google"),
}));

/** What receivers look at before they look at the mail. */
export function Health({ mailbox, mayChange }: { mailbox: Mailbox; mayChange: boolean }) {
  const [showsDkim, setShowsDkim] = useState(false);
  const check = useCheckDomain();
  const { health, dkim } = mailbox;
  const signsItself = SIGNS_ITSELF[mailbox.connected_by] ?? null;
  return (
    <Section
      title={t("Deliverability")}
      note={
        <>
          {t("What mail servers check about the domain.")}{" "}
          {health.checked_at ? (
            <>
              {t("Last checked")} <Moment at={health.checked_at} />.
            </>
          ) : (
            t("Not checked yet.")
          )}
        </>
      }
    >
      <ul className={classes.checks}>
        {CHECKS.map(({ key, name, for: purpose }) => (
          <Check key={key} name={name} purpose={purpose} check={health[key]} />
        ))}
      </ul>
      <Trouble error={check.error} doing="writing" />
      {mayChange && mailbox.type !== "catcher" && (
        <div className="row">
          <Button
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate(mailbox.id, { onSuccess: () => toast(t("Domain checked.")) })}
          >
            {t("Check now")}
          </Button>
          {(dkim || signsItself === null) && (
            <Button variant="default" onClick={() => setShowsDkim(true)}>
              {dkim ? t("DKIM key …") : t("Sign with DKIM …")}
            </Button>
          )}
        </div>
      )}
      {signsItself && (
        <p className="soft small">
          {t("{provider} signs the emails of this mailbox itself. A DKIM key of Cadenza would not be used.", {
            provider: signsItself,
          })}
        </p>
      )}
      {showsDkim && <DkimDialog mailbox={mailbox} onClose={() => setShowsDkim(false)} />}
    </Section>
  );
}

type CheckProps = { name: string; purpose: string; check: Mailbox["health"]["spf"] };

const LISTED = "blocklists_listed";

/** What was found, and the record that mends it, ready to be copied. */
function Check({ name, purpose, check: { state, code, sentence, evidence, record } }: CheckProps) {
  const [kind, word] = KINDS[state];
  return (
    <li className={classes.check}>
      <span className={classes.name}>{name}</span>
      <State kind={kind}>{code === LISTED ? t("Listed") : word}</State>
      <div className={classes.says}>
        <p title={purpose}>{sentence || purpose}</p>
        {evidence && (
          <details>
            <summary>{t("What was found")}</summary>
            <pre className={classes.found}>{evidence}</pre>
          </details>
        )}
        {record && (
          <div className={classes.record}>
            <p>{t("Publish this {type} record:", { type: record.type })}</p>
            <CopyText text={record.name} label={t("the name of the {name} record", { name })} wraps />
            <CopyText text={record.value} label={t("the value of the {name} record", { name })} wraps />
          </div>
        )}
      </div>
    </li>
  );
}
