import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { usePeople } from "../people/queries.ts";
import { useLongestAdmin, useNameWithYou } from "./acting-user.ts";
import { ChangeCallsDialog } from "./ChangeCallsDialog.tsx";
import { RevokeKey, RotateKey } from "./KeyEnds.tsx";
import type { Key, KeyWithSecret } from "./queries.ts";
import { sayScopes } from "./say-scopes.ts";
import { SCOPE_GROUPS } from "./scope-groups.ts";
import { KeyState } from "./state.tsx";

type Props = { apiKey: Key; onClose: () => void; onSecret: (key: KeyWithSecret) => void };

/** One key: what it may do and for whom, and its two ends. */
export function KeyDialog({ apiKey, onClose, onSecret }: Props) {
  const [asks, setAsks] = useState<"rotate" | "revoke" | "change" | null>(null);
  const back = () => setAsks(null);
  if (asks === "revoke") return <RevokeKey apiKey={apiKey} onClose={back} onDone={onClose} />;
  if (asks === "rotate") return <RotateKey apiKey={apiKey} onClose={back} onSecret={onSecret} />;
  if (asks === "change") return <ChangeCallsDialog apiKey={apiKey} onClose={back} />;
  return (
    <Dialog onClose={onClose} title={apiKey.name} size="lg">
      <div className="stack">
        <KeyFacts apiKey={apiKey} />
        {!apiKey.revoked_at && (
          <div className="row end">
            <Button variant="default" onClick={() => setAsks("revoke")} mr="auto">
              {t("Revoke …")}
            </Button>
            {!apiKey.operator && (
              <Button variant="default" onClick={() => setAsks("change")}>
                {t("Change calls …")}
              </Button>
            )}
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
        [t("Acts as"), <Acting key="acting" apiKey={apiKey} />],
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

/** Where nobody was chosen, the admin of today is named, with the reason. */
function Acting({ apiKey: { user_id } }: { apiKey: Key }) {
  const { data: people = [] } = usePeople();
  const admin = useLongestAdmin();
  const named = useNameWithYou();
  const person = user_id === null ? admin : people.find(({ id }) => id === user_id);
  if (!person) return <>{t("Longest-serving admin")}</>;
  return (
    <>
      {named(person)}
      {user_id === null && <div className="soft small">{t("Longest-serving admin")}</div>}
    </>
  );
}

function May({ apiKey }: { apiKey: Key }) {
  const named = apiKey.scopes.filter((scope) => scope !== "read_only");
  const known = new Map(SCOPE_GROUPS.flatMap(({ scopes }) => scopes).map((scope) => [scope.name, scope]));
  return (
    <>
      {sayScopes(apiKey)}
      {apiKey.operator && <div className="soft small">{t("The operator's key")}</div>}
      {named.map((name) => {
        const call = known.get(name)?.calls[0];
        return (
          <div key={name}>
            {known.get(name)?.summary}{" "}
            <code className="soft">{call ? `${call.method} ${call.path}` : name}</code>
          </div>
        );
      })}
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
