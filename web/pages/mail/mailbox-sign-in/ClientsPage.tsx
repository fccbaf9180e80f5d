import { t } from "../../../language/t.ts";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { AdminsOnly } from "../../settings/settings/AdminsOnly.tsx";
import { ClientSection } from "./ClientSection.tsx";
import { useSignInClients } from "./queries.ts";

/** The team's own applications at Google and Microsoft. */
export function ClientsPage() {
  return (
    <AdminsOnly
      title={t("Mailbox sign-in")}
      what={t("Here admins set up signing in with Google and Microsoft.")}
    >
      <Clients />
    </AdminsOnly>
  );
}

function Clients() {
  const { data = [], error, refetch } = useSignInClients();
  return (
    <Page
      title={t("Mailbox sign-in")}
      state={t(
        "Set up once, and everyone in the team connects a mailbox with two clicks, without a password.",
      )}
    >
      {error ? (
        <Trouble error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="stack" style={{ gap: 24 }}>
          {data.map((client) => (
            <ClientSection key={client.provider} client={client} />
          ))}
        </div>
      )}
    </Page>
  );
}
