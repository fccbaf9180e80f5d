import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { count } from "../../parts/figures.ts";
import { Section } from "../../parts/Page.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Mailbox, useDisconnect } from "./queries.ts";

export function DisconnectSection({ mailbox, waiting }: { mailbox: Mailbox; waiting: number }) {
  const [isAsking, setIsAsking] = useState(false);
  const disconnect = useDisconnect();
  const navigate = useNavigate();
  const confirm = () =>
    disconnect.mutate(mailbox.id, {
      onSuccess: () => {
        toast(`${mailbox.email} is disconnected.`);
        void navigate({ to: "/settings/mailboxes" });
      },
    });
  return (
    <Section title="Disconnect" note="It sends and reads nothing any more; what was sent stays on record.">
      <div>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          Disconnect …
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={`Disconnect ${mailbox.email}?`}
          verb="Disconnect"
          isBusy={disconnect.isPending}
          error={disconnect.error}
          onConfirm={confirm}
          onClose={() => setIsAsking(false)}
        >
          <p>
            Its password is forgotten, so this cannot be undone; connecting it again takes the password anew.
          </p>
          <p>
            {waiting === 0
              ? "Nobody in a sequence waits for it."
              : `${count(waiting, "contact")} in sequences ${waiting === 1 ? "waits" : "wait"} for it. They stay where they are, in order, until it comes back or they are moved to another mailbox.`}
          </p>
        </Confirm>
      )}
    </Section>
  );
}
