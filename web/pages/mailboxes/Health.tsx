import { Button } from "@mantine/core";
import { useState } from "react";
import { Moment } from "../../parts/Moment.tsx";
import { Section } from "../../parts/Page.tsx";
import { State, type StateKind } from "../../parts/State.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { DkimDialog } from "./DkimDialog.tsx";
import classes from "./Health.module.css";
import { type Mailbox, useCheckDomain } from "./queries.ts";

const CHECKS = [
  { key: "login", name: "Sign-in", for: "Whether its servers let it in." },
  { key: "spf", name: "SPF", for: "Says which servers may send for the domain." },
  { key: "dkim", name: "DKIM", for: "A signature that nobody changed the mail on its way." },
  { key: "dmarc", name: "DMARC", for: "What receivers do with mail that fails the other two." },
] as const;

const KINDS: Record<Mailbox["health"]["spf"]["state"], [StateKind, string]> = {
  good: ["good", "In order"],
  missing: ["bad", "Missing"],
  faulty: ["bad", "Wrong"],
  unset: ["off", "Not set"],
  unknown: ["off", "Not known"],
};

/** What receivers look at before they look at the mail. */
export function Health({ mailbox, mayChange }: { mailbox: Mailbox; mayChange: boolean }) {
  const [showsDkim, setShowsDkim] = useState(false);
  const check = useCheckDomain();
  const { health, dkim } = mailbox;
  return (
    <Section
      title="Standing"
      note={
        <>
          What receivers ask about its domain.{" "}
          {health.checked_at ? (
            <>
              Last looked up <Moment at={health.checked_at} />.
            </>
          ) : (
            "Not looked up yet."
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
            onClick={() => check.mutate(mailbox.id, { onSuccess: () => toast("Looked up anew.") })}
          >
            Look it up now
          </Button>
          <Button variant="default" onClick={() => setShowsDkim(true)}>
            {dkim ? "DKIM key …" : "Sign with DKIM …"}
          </Button>
        </div>
      )}
      {showsDkim && <DkimDialog mailbox={mailbox} onClose={() => setShowsDkim(false)} />}
    </Section>
  );
}
