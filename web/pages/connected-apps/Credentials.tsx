import { CopyText } from "../../parts/CopyText.tsx";
import { OneTimeSecret } from "../../parts/OneTimeSecret.tsx";
import type { MadeApplication } from "./queries.ts";

/** By what the application proves to be itself. Its id can be read again, its secret cannot. */
export function Credentials({ made, onDone }: { made: MadeApplication; onDone: () => void }) {
  const { client_id, client_secret, oauth_application } = made;
  if (client_secret === null)
    return (
      <OneTimeSecret
        title={`The application ${oauth_application.name}`}
        label="the client_id"
        secret={client_id}
        onDone={onDone}
      >
        <p>Give it this client_id. It has no secret, and protects its requests itself (PKCE).</p>
      </OneTimeSecret>
    );
  return (
    <OneTimeSecret
      title={`The application ${oauth_application.name}`}
      label="the secret"
      secret={client_secret}
      confirm="I have stored it"
      onDone={onDone}
    >
      <p>Give it this client_id, and the secret below. The secret is shown this once only.</p>
      <CopyText text={client_id} label="the client_id" wraps />
    </OneTimeSecret>
  );
}
