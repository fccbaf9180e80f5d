import { Button } from "@mantine/core";
import { useState } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State, type StateKind } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { DkimDialog } from "./DkimDialog.tsx";
import classes from "./Health.module.css";
import { type Mailbox, useCheckDomain } from "./queries.ts";

const CHECKS = perLanguage(
  () =>
    [
      { key: "login", name: "Sign-in", for: t("The mail servers accept the sign-in.") },
      { key: "spf", name: "SPF", for: t("Lists the servers that may send for the domain.") },
      { key: "dkim", name: "DKIM", for: t("A signature that proves the email was not changed.") },
      { key: "dmarc", name: "DMARC", for: t("Tells mail servers what to do when SPF and DKIM fail.") },
    ] as const,
);

const KINDS: Record<Mailbox["health"]["spf"]["state"], [StateKind, string]> = perLanguage(() => ({
  good: ["good", "OK"],
  missing: ["bad", t("Missing")],
  faulty: ["bad", t("Wrong")],
  unset: ["off", t("Not set")],
  unknown: ["off", t("Unknown")],
}));

/** What receivers look at before they look at the mail. */
export function Health({ mailbox, mayChange }: { mailbox: Mailbox; mayChange: boolean }) {
  const [showsDkim, setShowsDkim] = useState(false);
  const check = useCheckDomain();
  const { health, dkim } = mailbox;
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
        {CHECKS.map(({ key, name, for: purpose }) => {
          const { state, sentence, evidence } = health[key];
          const [kind, word] = KINDS[state];
          return (
            <li key={key} className={classes.check}>
              <span className={classes.name}>{name}</span>
              <State kind={kind}>{word}</State>
              <span className={classes.says} title={evidence ?? purpose}>
                {sentence || purpose}
              </span>
            </li>
          );
        })}
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
          <Button variant="default" onClick={() => setShowsDkim(true)}>
            {dkim ? t("DKIM key …") : t("Sign with DKIM …")}
          </Button>
        </div>
      )}
      {showsDkim && <DkimDialog mailbox={mailbox} onClose={() => setShowsDkim(false)} />}
    </Section>
  );
}
