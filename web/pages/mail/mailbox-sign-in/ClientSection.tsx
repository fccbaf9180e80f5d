import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Caution } from "../../../parts/Caution.tsx";
import { Confirm } from "../../../parts/Confirm.tsx";
import { CopyText } from "../../../parts/CopyText.tsx";
import { Section } from "../../../parts/Page.tsx";
import { State } from "../../../parts/State.tsx";
import { toast } from "../../../parts/toast.tsx";
import { ClientForm } from "./ClientForm.tsx";
import classes from "./ClientSection.module.css";
import { GooglePermissions, MicrosoftPermissions } from "./Permissions.tsx";
import { type SavedClient, type SignInClient, useDeleteClient } from "./queries.ts";
import { stepsAt } from "./words.ts";

/** What an admin does at one provider, and the form for what comes of it. */
export function ClientSection({ client }: { client: SignInClient }) {
  const [isDeleting, setIsDeleting] = useState(false);
  const [saved, setSaved] = useState<SavedClient | null>(null);
  const { name, is_set } = client;
  return (
    <Section title={name} note={<Standing client={client} />}>
      <div className="stack" style={{ gap: 16 }}>
        {!client.is_redirect_usable && (
          <Caution title={t("The address of this installation cannot be used")}>
            {t(
              "{name} sends people back to https addresses or localhost only. Ask the operator to set CADENZA_PUBLIC_URL to an https address.",
              { name },
            )}
          </Caution>
        )}
        {is_set ? (
          <details className={classes.done}>
            <summary>{t("Set-up instructions")}</summary>
            <Instructions client={client} />
          </details>
        ) : (
          <Instructions client={client} />
        )}
        <ClientForm key={`${client.client_id} ${client.tenant}`} client={client} onSaved={setSaved} />
        {saved && is_set && <Saved saved={saved} />}
        {is_set && (
          <div>
            <Button variant="default" onClick={() => setIsDeleting(true)}>
              {t("Delete client …")}
            </Button>
          </div>
        )}
      </div>
      {isDeleting && <Deleting client={client} onClose={() => setIsDeleting(false)} />}
    </Section>
  );
}

/** What an admin does at the provider, once: after it is set up, it is there to look something up. */
function Instructions({ client }: { client: SignInClient }) {
  const { provider, name, redirect_uri } = client;
  return (
    <div className="stack" style={{ gap: 16 }}>
      <ol className={classes.steps}>
        {stepsAt(provider).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p>
        <a href={`/help/start/${provider}`}>{t("Step by step, with the names of all buttons")}</a>
      </p>
      <div>
        <p className={classes.label}>{t("Redirect address")}</p>
        <CopyText text={redirect_uri} label={t("the redirect address for {name}", { name })} wraps />
      </div>
      {provider === "google" ? (
        <GooglePermissions client={client} />
      ) : (
        <MicrosoftPermissions client={client} />
      )}
    </div>
  );
}

/** What the provider said of the client, and the way to a mailbox. */
function Saved({ saved: { sign_in_client, unchecked } }: { saved: SavedClient }) {
  const { name, provider } = sign_in_client;
  return (
    <div className="stack" style={{ gap: 8 }} role="status">
      {unchecked === null ? (
        <State kind="good" isSentence>
          {t("Saved. {name} accepts the client ID and the secret.", { name })}
        </State>
      ) : (
        <>
          <State kind="waiting">{t("Saved, but not checked.")}</State>
          <p>{t("{unchecked} Connect a mailbox now to check it.", { unchecked })}</p>
        </>
      )}
      <div>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/settings/mailboxes" search={{ do: "connect", kind: provider }} {...props} />
          )}
        >
          {t("Connect a mailbox")}
        </Button>
      </div>
    </div>
  );
}

function Standing({ client: { is_set, email_accounts: mailboxes } }: { client: SignInClient }) {
  if (!is_set) return <State kind="off">{t("Not set up")}</State>;
  return (
    <>
      <State kind="good">{t("Set up")}</State>,{" "}
      {t("{mailboxes, plural, one {# mailbox} other {# mailboxes}}", { mailboxes })}
    </>
  );
}

function Deleting({ client, onClose }: { client: SignInClient; onClose: () => void }) {
  const remove = useDeleteClient();
  const { provider, name, email_accounts: mailboxes } = client;
  return (
    <Confirm
      title={t("Delete the client for {name}?", { name })}
      verb={t("Delete")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(provider, {
          onSuccess: () => {
            toast(t("Client for {name} deleted.", { name }));
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {t(
          "{mailboxes, plural, =0 {No mailbox uses it.} one {# mailbox uses it and will stop sending and reading within an hour.} other {# mailboxes use it and will stop sending and reading within an hour.}} With the same client, they continue.",
          { mailboxes },
        )}
      </p>
    </Confirm>
  );
}
