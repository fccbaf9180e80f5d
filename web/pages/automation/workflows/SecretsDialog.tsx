import { useState } from "react";
import { t } from "../../../language/t.ts";
import { OneTimeSecret } from "../../../parts/OneTimeSecret.tsx";
import type { WorkflowSecrets } from "./queries.ts";

/** The address to call, where there is one, and then the secret of its own calls; each this once only. */
export function SecretsDialog({ secrets, onDone }: { secrets: WorkflowSecrets; onDone: () => void }) {
  const { hook_url, signing_secret } = secrets;
  const [isSecond, setIsSecond] = useState(hook_url === null);
  if (!isSecond && hook_url !== null)
    return (
      <OneTimeSecret
        key="address"
        title={t("Workflow URL")}
        label={t("URL")}
        secret={hook_url}
        confirm={t("I have stored it")}
        onDone={() => setIsSecond(true)}
      >
        <p>
          {t(
            "Anyone who knows this URL can start the workflow: send a contact's id or email there as JSON. It is shown only once. If you lose it, create a new one in Settings.",
          )}
        </p>
      </OneTimeSecret>
    );
  return (
    <OneTimeSecret
      key="secret"
      title={t("Secret for webhook calls")}
      label={t("Signing secret")}
      secret={signing_secret}
      confirm={t("I have stored it")}
      onDone={onDone}
    >
      <p>{t("When the workflow calls a webhook, the receiver uses this secret to verify the call.")}</p>
    </OneTimeSecret>
  );
}
