import { Button } from "@mantine/core";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { type ConnectedApp, useDisconnect } from "./queries.ts";

type Props = { app: ConnectedApp; onClose: () => void };

export function ConnectedDialog({ app, onClose }: Props) {
  const [isLeaving, setIsLeaving] = useState(false);
  const disconnect = useDisconnect(() => {
    toast(`${app.name} acts for you no more.`);
    onClose();
  });
  if (isLeaving)
    return (
      <Confirm
        title={`Disconnect ${app.name}?`}
        verb="Disconnect"
        isBusy={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() => disconnect.mutate(app.id)}
        onClose={() => setIsLeaving(false)}
      >
        <p>Everywhere you have let it in, it is refused from this moment on. What it has done stays.</p>
        <p className="soft">To have it back, connect it once more from its own side.</p>
      </Confirm>
    );
  return (
    <Dialog onClose={onClose} title={app.name} size="lg">
      <div className="stack">
        <Facts
          facts={[
            ["May", <May key="may" app={app} />],
            ["Came", app.added_by_admin ? "Added by an admin of the team" : "Registered itself"],
            ["Connected", <Moment key="since" at={app.connected_at} />],
            ["Last used", <Moment key="used" at={app.last_used_at} none="Never" />],
          ]}
        />
        <div className="row end">
          <Button variant="default" onClick={() => setIsLeaving(true)}>
            Disconnect …
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function May({ app }: { app: ConnectedApp }) {
  return (
    <ul>
      {app.scopes.map(({ name, says }) => (
        <li key={name}>{says}</li>
      ))}
    </ul>
  );
}
