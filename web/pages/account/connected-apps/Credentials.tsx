import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { OneTimeSecret } from "../../../parts/OneTimeSecret.tsx";
import type { MadeApplication } from "./queries.ts";

/** By what the application proves to be itself. Its id can be read again, its secret cannot. */
export function Credentials({ made, onDone }: { made: MadeApplication; onDone: () => void }) {
  const { client_id, client_secret, oauth_application } = made;
  if (client_secret === null)
    return (
      <OneTimeSecret
        title={t("Application {name}", { name: oauth_application.name })}
        label={t("the client_id")}
        secret={client_id}
        onDone={onDone}
      >
        <p>{t("Enter this client_id in the application. It has no secret and uses PKCE.")}</p>
      </OneTimeSecret>
    );
  return (
    <OneTimeSecret
      title={t("Application {name}", { name: oauth_application.name })}
      label={t("the secret")}
      secret={client_secret}
      confirm={t("I have saved the secret")}
      onDone={onDone}
    >
      <p>
        {t("Enter this client_id and the secret below in the application. The secret is shown only once.")}
      </p>
      <CopyText text={client_id} label={t("the client_id")} wraps />
    </OneTimeSecret>
  );
}
