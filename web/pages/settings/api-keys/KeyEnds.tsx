import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Key, type KeyWithSecret, useRevokeKey, useRotateKey } from "./queries.ts";

type Revoking = { apiKey: Key; onClose: () => void; onDone: () => void };

export function RevokeKey({ apiKey, onClose, onDone }: Revoking) {
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
      {apiKey.operator && (
        <p>
          {t(
            "This is the operator's key (CADENZA_BOOTSTRAP_KEY). Without it, no key can run cadenza backup or create teams. The command cadenza operator-key creates a new one on the server.",
          )}
        </p>
      )}
      <p className="soft">{t("You can't undo this. Records that the key created are kept.")}</p>
    </Confirm>
  );
}

type Rotating = { apiKey: Key; onClose: () => void; onSecret: (key: KeyWithSecret) => void };

export function RotateKey({ apiKey, onClose, onSecret }: Rotating) {
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
      {apiKey.operator ? (
        <>
          <p>{t("The old secret will stop working at once.")}</p>
          <p>
            {t(
              "This is the operator's key (CADENZA_BOOTSTRAP_KEY). With the new secret it is an ordinary key with full access: it cannot run cadenza backup or create teams. The command cadenza operator-key creates a new operator's key on the server.",
            )}
          </p>
        </>
      ) : (
        <p>{t("The old secret will stop working at once. The access of the key does not change.")}</p>
      )}
      <p className="soft">{t("You can't undo this. Replace the old secret wherever it is used.")}</p>
    </Confirm>
  );
}
