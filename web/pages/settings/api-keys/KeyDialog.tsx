import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../people/queries.ts";
import { type Key, type KeyWithSecret, useRevokeKey, useRotateKey } from "./queries.ts";
import { sayScopes } from "./scopes.ts";
import { KeyState } from "./state.tsx";

type Props = { apiKey: Key; onClose: () => void; onSecret: (key: KeyWithSecret) => void };

/** One key: what it may do and for whom, and its two ends. */
export function KeyDialog({ apiKey, onClose, onSecret }: Props) {
  const [asks, setAsks] = useState<"rotate" | "revoke" | null>(null);
  const back = () => setAsks(null);
  if (asks === "revoke") return <Revoke apiKey={apiKey} onClose={back} onDone={onClose} />;
  if (asks === "rotate") return <Rotate apiKey={apiKey} onClose={back} onSecret={onSecret} />;
  return (
    <Dialog onClose={onClose} title={apiKey.name} size="lg">
      <div className="stack">
        <KeyFacts apiKey={apiKey} />
        {!apiKey.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setAsks("revoke")} mr="auto">
              {t("Revoke …")}
            </Button>
            <Button variant="default" onClick={() => setAsks("rotate")}>
              {t("Create new secret …")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function KeyFacts({ apiKey }: { apiKey: Key }) {
  const { data: people = [] } = usePeople();
  const nameOf = (id: string | null, none: string) => people.find((person) => person.id === id)?.name ?? none;
  return (
    <Facts
      facts={[
        [t("Status"), <KeyState key="state" {...apiKey} />],
        [t("Prefix"), <code key="prefix">{apiKey.prefix}…</code>],
        [t("Access"), <May key="may" apiKey={apiKey} />],
        [t("Acts as"), nameOf(apiKey.user_id, t("Longest-serving admin"))],
        [t("Created"), <Made key="made" apiKey={apiKey} by={nameOf(apiKey.created_by_user_id, "")} />],
        [t("Last used"), <Moment key="used" at={apiKey.last_used_at} none={t("Never")} />],
        [t("Expires"), <Moment key="expires" at={apiKey.expires_at} none={t("Never")} />],
        ...(apiKey.revoked_at
          ? [[t("Revoked"), <Moment key="revoked" at={apiKey.revoked_at} />] as const]
          : []),
      ]}
    />
  );
}

function May({ apiKey }: { apiKey: Key }) {
  const named = apiKey.scopes.filter((scope) => scope !== "read_only");
  return (
    <>
      {sayScopes(apiKey)}
      {named.map((scope) => (
        <div key={scope}>
          <code className="soft">{scope}</code>
        </div>
      ))}
    </>
  );
}

function Made({ apiKey, by }: { apiKey: Key; by: string }) {
  return (
    <>
      <Moment at={apiKey.created_at} />
      {by && t(" by {by}", { by })}
    </>
  );
}

function Revoke({ apiKey, onClose, onDone }: { apiKey: Key; onClose: () => void; onDone: () => void }) {
  const revoke = useRevokeKey();
  const go = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        toast(t("API key {name} revoked.", { name: apiKey.name }));
        onDone();
      },
    });
  return (
    <Confirm
      title={t("Revoke {name}?", { name: apiKey.name })}
      verb={t("Revoke permanently")}
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        {t("Calls with this key will be refused at once. Last used:")}{" "}
        <Moment at={apiKey.last_used_at} none={t("never")} />.
      </p>
      <p className="soft">{t("You can't undo this. Records that the key created are kept.")}</p>
    </Confirm>
  );
}

function Rotate({ apiKey, onClose, onSecret }: Omit<Props, "onClose"> & { onClose: () => void }) {
  const rotate = useRotateKey();
  return (
    <Confirm
      title={t("Create a new secret for {name}?", { name: apiKey.name })}
      verb={t("Create new secret")}
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(apiKey.id, { onSuccess: ({ api_key }) => onSecret(api_key) })}
      onClose={onClose}
    >
      <p>{t("The old secret will stop working at once. The access of the key does not change.")}</p>
      <p className="soft">{t("You can't undo this. Replace the old secret wherever it is used.")}</p>
    </Confirm>
  );
}
