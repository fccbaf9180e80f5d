import { Button } from "@mantine/core";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
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
              Revoke …
            </Button>
            <Button variant="default" onClick={() => setAsks("rotate")}>
              Give it a new secret …
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
        ["State", <KeyState key="state" {...apiKey} />],
        ["Begins with", <code key="prefix">{apiKey.prefix}…</code>],
        ["May", <May key="may" apiKey={apiKey} />],
        ["Acts as", nameOf(apiKey.user_id, "The team's longest-standing admin")],
        ["Made", <Made key="made" apiKey={apiKey} by={nameOf(apiKey.created_by_user_id, "")} />],
        ["Last used", <Moment key="used" at={apiKey.last_used_at} none="Never" />],
        ["Expires", <Moment key="expires" at={apiKey.expires_at} none="Never" />],
        ...(apiKey.revoked_at ? [["Revoked", <Moment key="revoked" at={apiKey.revoked_at} />] as const] : []),
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
      {by && ` by ${by}`}
    </>
  );
}

function Revoke({ apiKey, onClose, onDone }: { apiKey: Key; onClose: () => void; onDone: () => void }) {
  const revoke = useRevokeKey();
  const go = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        toast(`The key ${apiKey.name} is revoked.`);
        onDone();
      },
    });
  return (
    <Confirm
      title={`Revoke ${apiKey.name}?`}
      verb="Revoke for good"
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        Whatever calls with it is refused from this moment on. Last used:{" "}
        <Moment at={apiKey.last_used_at} none="never" />.
      </p>
      <p className="soft">This cannot be undone. What the key has made stays.</p>
    </Confirm>
  );
}

function Rotate({ apiKey, onClose, onSecret }: Omit<Props, "onClose"> & { onClose: () => void }) {
  const rotate = useRotateKey();
  return (
    <Confirm
      title={`Give ${apiKey.name} a new secret?`}
      verb="Make a new secret"
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(apiKey.id, { onSuccess: ({ api_key }) => onSecret(api_key) })}
      onClose={onClose}
    >
      <p>The old secret stops working at once. What the key may do stays as it is.</p>
      <p className="soft">This cannot be undone: put the new secret where the old one was.</p>
    </Confirm>
  );
}
