import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { Mailbox } from "../mailboxes/queries.ts";
import { useClientOf, useStartSignIn } from "./queries.ts";

/** Gets new tokens for the same mailbox. Nothing where the team cannot sign in with its provider. */
export function SignInAgain({ mailbox, variant }: { mailbox: Mailbox; variant: "filled" | "default" }) {
  const client = useClientOf(mailbox);
  const start = useStartSignIn();
  if (!client) return null;
  return (
    <>
      <Button
        variant={variant}
        loading={start.isPending || start.isSuccess}
        onClick={() => start.mutate({ provider: client.provider, email_account_id: mailbox.id })}
      >
        {t("Sign in again with {provider}", { provider: client.name })}
      </Button>
      {mailbox.type === "microsoft" && mailbox.connected_by === "smtp_imap" && (
        <Button
          variant="default"
          disabled={start.isPending || start.isSuccess}
          onClick={() =>
            start.mutate({
              provider: client.provider,
              email_account_id: mailbox.id,
              connected_by: "microsoft_graph",
            })
          }
        >
          {t("Connect by Microsoft Graph")}
        </Button>
      )}
      {mailbox.type === "gmail" && mailbox.connected_by === "smtp_imap" && (
        <Button
          variant="default"
          disabled={start.isPending || start.isSuccess}
          onClick={() =>
            start.mutate({
              provider: client.provider,
              email_account_id: mailbox.id,
              connected_by: "gmail_api",
            })
          }
        >
          {t("Connect by the Gmail API")}
        </Button>
      )}
      <Trouble error={start.error} doing="writing" />
    </>
  );
}
