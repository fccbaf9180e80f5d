import { Button } from "@mantine/core";
import { useState } from "react";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Section } from "../../parts/Page.tsx";
import { toast } from "../../parts/toast.tsx";
import { PasswordDialog } from "./PasswordDialog.tsx";
import { type Mailbox, useTestMailbox } from "./queries.ts";
import { TrialTrouble } from "./TrialTrouble.tsx";

/** Where it connects to, whether that worked, and how to mend it. */
export function Connection({ mailbox, mayChange }: { mailbox: Mailbox; mayChange: boolean }) {
  const [isChanging, setIsChanging] = useState(false);
  const trial = useTestMailbox();
  const tryIt = () =>
    trial.mutate(mailbox.id, { onSuccess: () => toast(`${mailbox.email} works: sending and reading.`) });
  return (
    <Section title="Connection" note="Passwords and tokens are kept encrypted, and shown to nobody.">
      <div className="stack">
        <Facts
          facts={[
            ["Sends through", sayServer(mailbox.smtp, mailbox.type)],
            ["Reads from", sayServer(mailbox.imap, mailbox.type)],
            ["Last read", <Moment key="read" at={mailbox.last_synced_at} none="Not yet" />],
            ["Last tried", <Moment key="tried" at={mailbox.last_tested_at} none="Not yet" />],
            ...(mailbox.last_test_error ? ([["It said", mailbox.last_test_error]] as const) : []),
          ]}
        />
        <TrialTrouble error={trial.error} />
        {mayChange && (
          <div className="row">
            <Button variant="default" onClick={tryIt} loading={trial.isPending}>
              Try the connection
            </Button>
            {mailbox.type !== "catcher" && (
              <Button variant="default" onClick={() => setIsChanging(true)}>
                New password …
              </Button>
            )}
          </div>
        )}
        {isChanging && <PasswordDialog mailbox={mailbox} onClose={() => setIsChanging(false)} />}
      </div>
    </Section>
  );
}

function sayServer(server: Mailbox["smtp"], type: Mailbox["type"]) {
  if (type === "catcher") return "The built-in catcher";
  if (!server) return "Nothing; answers are not seen";
  const kind = { tls: "TLS", starttls: "STARTTLS", none: "not encrypted" }[server.security];
  return `${server.host}:${server.port}, ${kind}${server.username ? `, as ${server.username}` : ""}`;
}
