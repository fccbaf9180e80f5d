import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../people/queries.ts";
import { LoginState } from "./LoginState.tsx";
import { type SqlLogin, useRevokeLogin } from "./queries.ts";

type Props = { login: SqlLogin; onClose: () => void };

export function LoginDialog({ login, onClose }: Props) {
  const [isRevoking, setRevoking] = useState(false);
  const { data: people = [] } = usePeople();
  if (isRevoking) return <Revoke login={login} onClose={() => setRevoking(false)} onDone={onClose} />;
  const by = people.find(({ id }) => id === login.created_by_user_id)?.name;
  return (
    <Dialog onClose={onClose} title={login.name}>
      <div className="stack">
        <Facts
          facts={[
            [t("Status"), <LoginState key="state" {...login} />],
            [t("User name"), <code key="user">{login.username}</code>],
            [t("Connections now"), String(login.connections)],
            [t("Created"), <Moment key="made" at={login.created_at} />],
            ...(by ? [[t("Created by"), by] as const] : []),
            ...(login.revoked_at
              ? [[t("Revoked"), <Moment key="revoked" at={login.revoked_at} />] as const]
              : []),
          ]}
        />
        {!login.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setRevoking(true)}>
              {t("Revoke …")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Revoke({ login, onClose, onDone }: Props & { onDone: () => void }) {
  const revoke = useRevokeLogin();
  const go = () =>
    revoke.mutate(login.id, {
      onSuccess: () => {
        toast(t("SQL login {name} revoked.", { name: login.name }));
        onDone();
      },
    });
  return (
    <Confirm
      title={t("Revoke {name}?", { name: login.name })}
      verb={t("Revoke permanently")}
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>{t("Open connections will lose access at once, and the login can't be used again.")}</p>
      <p className="soft">{t("You can't undo this.")}</p>
    </Confirm>
  );
}
