import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Section } from "../../../parts/Page.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Mailbox, useDisconnect } from "./queries.ts";

export function DisconnectSection({ mailbox, waiting }: { mailbox: Mailbox; waiting: number }) {
  const [isAsking, setIsAsking] = useState(false);
  const disconnect = useDisconnect();
  const navigate = useNavigate();
  const confirm = () =>
    disconnect.mutate(mailbox.id, {
      onSuccess: () => {
        toast(t("{email} disconnected.", { email: mailbox.email }));
        void navigate({ to: "/settings/mailboxes" });
      },
    });
  return (
    <Section
      title={t("Disconnect")}
      note={t("The mailbox stops sending and reading. Sent emails stay in the history.")}
    >
      <div>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t("Disconnect …")}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t("Disconnect {email}?", { email: mailbox.email })}
          verb={t("Disconnect")}
          isBusy={disconnect.isPending}
          error={disconnect.error}
          onConfirm={confirm}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("The stored password will be deleted. To connect again, enter the password again.")}</p>
          <p>
            {waiting === 0
              ? t("No contacts in sequences are waiting for this mailbox.")
              : t(
                  "{waiting, plural, one {# contact} other {# contacts}} in sequences will wait until you reconnect this mailbox or move them to another one.",
                  { waiting },
                )}
          </p>
        </Confirm>
      )}
    </Section>
  );
}
