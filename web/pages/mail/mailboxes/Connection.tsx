import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { SignInAgain } from "../mailbox-sign-in/SignInAgain.tsx";
import { PasswordDialog } from "./PasswordDialog.tsx";
import { type Mailbox, useSendTest, useTestMailbox } from "./queries.ts";
import { TrialTrouble } from "./TrialTrouble.tsx";

/** Where it connects to, whether that worked, and how to mend it. */
export function Connection({ mailbox, mayChange }: { mailbox: Mailbox; mayChange: boolean }) {
  const { user } = useMe();
  const [isChanging, setIsChanging] = useState(false);
  const trial = useTestMailbox();
  const sending = useSendTest();
  const isCatcher = mailbox.type === "catcher"; // which sends no real email
  const sendTest = () => {
    trial.reset();
    sending.mutate(mailbox.id, {
      onSuccess: ({ to }) =>
        toast(isCatcher ? t("The test is in the test inbox.") : t("Test sent to {to}.", { to })),
    });
  };
  const tryIt = () => {
    sending.reset();
    trial.mutate(mailbox.id, {
      onSuccess: () => toast(t("{email} can send and read emails.", { email: mailbox.email })),
    });
  };
  return (
    <Section title={t("Connection")} note={t("Passwords and tokens are stored encrypted and never shown.")}>
      <div className="stack">
        <Facts
          facts={[
            [t("Sends through"), sayServer(mailbox.smtp, mailbox)],
            [t("Reads from"), sayServer(mailbox.imap, mailbox)],
            [t("Last read"), <Moment key="read" at={mailbox.last_synced_at} none={t("Not yet")} />],
            [
              t("Last successful test"),
              <Moment key="tried" at={mailbox.last_tested_at} none={t("Not yet")} />,
            ],
            ...(mailbox.last_test_error ? ([[t("Last error"), mailbox.last_test_error]] as const) : []),
          ]}
        />
        <TrialTrouble error={trial.error} />
        <Trouble error={sending.error} doing="writing" />
        {mayChange && (
          <div className="row">
            <Button variant="default" onClick={tryIt} loading={trial.isPending}>
              {t("Test connection")}
            </Button>
            {mailbox.active && (
              <Button
                variant="default"
                onClick={sendTest}
                loading={sending.isPending}
                title={t("To {email}", { email: user.email })}
              >
                {t("Send me a test")}
              </Button>
            )}
            {mailbox.active && <SignInAgain mailbox={mailbox} variant="default" />}
            {!mailbox.active && !mailbox.revoked_at && mailbox.oauth && (
              <SignInAgain mailbox={mailbox} variant="filled" />
            )}
            {mailbox.type !== "catcher" && mailbox.oauth === null && (
              <Button variant="default" onClick={() => setIsChanging(true)}>
                {t("New password …")}
              </Button>
            )}
          </div>
        )}
        {isChanging && <PasswordDialog mailbox={mailbox} onClose={() => setIsChanging(false)} />}
      </div>
    </Section>
  );
}

function sayServer(server: Mailbox["smtp"], { type, connected_by }: Mailbox) {
  if (connected_by === "microsoft_graph") return t("Microsoft Graph");
  if (connected_by === "gmail_api") return t("Gmail API");
  if (type === "catcher") return t("Test mail server");
  if (!server) return t("Not set: replies are not read");
  const kind = { tls: t("TLS"), starttls: t("STARTTLS"), none: t("not encrypted") }[server.security];
  return `${server.host}:${server.port}, ${kind}${server.username ? t(", as {username}", { username: server.username }) : ""}`;
}
