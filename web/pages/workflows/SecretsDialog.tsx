import { useState } from "react";
import { OneTimeSecret } from "../../parts/OneTimeSecret.tsx";
import type { Secrets } from "./queries.ts";

/** The address to call, where there is one, and then the secret of its own calls; each this once only. */
export function SecretsDialog({ secrets, onDone }: { secrets: Secrets; onDone: () => void }) {
  const { hook_url, signing_secret } = secrets;
  const [isSecond, setIsSecond] = useState(hook_url === null);
  if (!isSecond && hook_url !== null)
    return (
      <OneTimeSecret
        key="address"
        title="The workflow's address"
        label="Address"
        secret={hook_url}
        confirm="I have stored it"
        onDone={() => setIsSecond(true)}
      >
        <p>
          Whoever knows it can set the workflow off: send a contact's id or email there as JSON. It is shown
          this once; if it is lost, its settings give it another.
        </p>
      </OneTimeSecret>
    );
  return (
    <OneTimeSecret
      key="secret"
      title="The secret of its own calls"
      label="Signing secret"
      secret={signing_secret}
      confirm="I have stored it"
      onDone={onDone}
    >
      <p>Where the workflow calls a webhook, the receiver knows by this that the call is from here.</p>
    </OneTimeSecret>
  );
}
