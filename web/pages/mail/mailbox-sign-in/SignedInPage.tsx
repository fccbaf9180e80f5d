import { Refused } from "@cadenza/sdk";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { t } from "../../../language/t.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin } from "../../../session.ts";
import { useBegunSignIn, useFinishSignIn } from "./queries.ts";
import { type Returned, takeReturned } from "./returned.ts";

/** Where Google and Microsoft send people back to. */
export function SignedInPage() {
  const [returned] = useState(takeReturned);
  const back = <Link to="/settings/mailboxes">{t("Mailboxes")}</Link>;
  return (
    <Page title={t("Connect a mailbox")} within={back}>
      {returned ? (
        <Finishing returned={returned} />
      ) : (
        <Empty says={t("This page finishes a sign-in with Google or Microsoft. No sign-in is waiting.")}>
          <Link to="/settings/mailboxes" search={{ do: "connect" }}>
            {t("Connect a mailbox")}
          </Link>
        </Empty>
      )}
    </Page>
  );
}

function Finishing({ returned }: { returned: Returned }) {
  const { mutate, error } = useFinishSignIn();
  const navigate = useNavigate();
  const finish = () =>
    mutate(returned, {
      onSuccess: ({ id, email }) => {
        toast(t("{email} connected and tested.", { email }));
        void navigate({ to: "/settings/mailboxes/$id", params: { id }, replace: true });
      },
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(finish, []);
  if (!error) return <p className="soft">{t("Finishing the sign-in …")}</p>;
  const code = error instanceof Refused ? error.code : null;
  const mayRetry = code === "sign_in_provider_unreachable" || code === null;
  return (
    <div className="stack">
      <Trouble error={error} doing="writing" {...(mayRetry && { onRetry: finish })} />
      <Failed code={code} />
    </div>
  );
}

/** What helps after this refusal, and the way back to where the sign-in was started. */
function Failed({ code }: { code: string | null }) {
  const begun = useBegunSignIn();
  const isAdmin = useIsAdmin();
  return (
    <>
      {code?.endsWith("_auth_failed") && (
        <p>
          {t(
            "The account exists, but its mail server rejects the sign-in. At Google, an admin may have turned off IMAP. At Microsoft, connect the mailbox by Microsoft Graph, or an admin has to allow IMAP and authenticated SMTP for it.",
          )}
        </p>
      )}
      <div className="row">
        {begun?.mailboxId ? (
          <Link to="/settings/mailboxes/$id" params={{ id: begun.mailboxId }}>
            {t("Back to the mailbox")}
          </Link>
        ) : (
          <Link to="/settings/mailboxes" search={{ do: "connect", ...(begun && { kind: begun.provider }) }}>
            {t("Back to connecting a mailbox")}
          </Link>
        )}
        {isAdmin && code !== null && AT_THE_CLIENT.has(code) && (
          <Link to="/settings/mailbox-sign-in">{t("Open Mailbox sign-in")}</Link>
        )}
        {begun && <a href={`/help/start/${begun.provider}#if-it-fails`}>{t("Help: if it fails")}</a>}
      </div>
    </>
  );
}

/** Refusals that an admin mends at the team's client. */
const AT_THE_CLIENT = new Set([
  "sign_in_client_rejected",
  "sign_in_not_set_up",
  "sign_in_other_directory",
  "sign_in_failed",
]);
