import { Button } from "@mantine/core";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { usePeople } from "../people/queries.ts";
import { LoginState } from "./LoginState.tsx";
import { type Login, useRevokeLogin } from "./queries.ts";

type Props = { login: Login; onClose: () => void };

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
            ["State", <LoginState key="state" {...login} />],
            ["User name", <code key="user">{login.username}</code>],
            ["Connections now", String(login.connections)],
            ["Made", <Moment key="made" at={login.created_at} />],
            ...(by ? [["Made by", by] as const] : []),
            ...(login.revoked_at
              ? [["Revoked", <Moment key="revoked" at={login.revoked_at} />] as const]
              : []),
          ]}
        />
        {!login.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setRevoking(true)}>
              Revoke …
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
        toast(`The login ${login.name} is revoked.`);
        onDone();
      },
    });
  return (
    <Confirm
      title={`Revoke ${login.name}?`}
      verb="Revoke for good"
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Whoever is logged in with it sees nothing from this moment on, and nobody can log in with it again.
      </p>
      <p className="soft">This cannot be undone.</p>
    </Confirm>
  );
}
