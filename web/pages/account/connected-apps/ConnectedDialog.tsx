import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type ConnectedApp, useDisconnect } from "./queries.ts";

type Props = { app: ConnectedApp; onClose: () => void };

export function ConnectedDialog({ app, onClose }: Props) {
  const [isLeaving, setIsLeaving] = useState(false);
  const disconnect = useDisconnect(() => {
    toast(t("{name} disconnected.", { name: app.name }));
    onClose();
  });
  if (isLeaving)
    return (
      <Confirm
        title={t("Disconnect {name}?", { name: app.name })}
        verb={t("Disconnect")}
        isBusy={disconnect.isPending}
        error={disconnect.error}
        onConfirm={() => disconnect.mutate(app.id)}
        onClose={() => setIsLeaving(false)}
      >
        <p>{t("It will lose access to your account immediately. Changes that it made stay.")}</p>
        <p className="soft">{t("To use it again, connect it again from the app.")}</p>
      </Confirm>
    );
  return (
    <Dialog onClose={onClose} title={app.name} size="lg">
      <div className="stack">
        <Facts
          facts={[
            [t("Permissions"), <May key="may" app={app} />],
            [t("Source"), app.added_by_admin ? t("Added by an admin of the team") : t("Registered itself")],
            [t("Connected"), <Moment key="since" at={app.connected_at} />],
            [t("Last used"), <Moment key="used" at={app.last_used_at} none={t("Never")} />],
          ]}
        />
        <div className="row end">
          <Button variant="default" onClick={() => setIsLeaving(true)}>
            {t("Disconnect …")}
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
