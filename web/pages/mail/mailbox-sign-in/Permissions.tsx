import { t } from "../../../language/t.ts";
import classes from "./ClientSection.module.css";
import type { SignInClient } from "./queries.ts";
import { reasonOf, shortName } from "./words.ts";

type Scopes = SignInClient["scopes"];

export function GooglePermissions({ client: { scopes, api_scopes } }: { client: SignInClient }) {
  return (
    <>
      <Permissions label={t("Permissions for mailboxes by SMTP and IMAP")} scopes={scopes} />
      <Permissions
        label={t("Permissions for mailboxes by the Gmail API")}
        scopes={withoutThoseOf(scopes, api_scopes)}
      />
    </>
  );
}

/** By the names that Microsoft's own page lists. Those for signing in are needed by both ways, and shown once. */
export function MicrosoftPermissions({ client: { scopes, api_scopes } }: { client: SignInClient }) {
  return (
    <>
      <Permissions label={t("Microsoft Graph, Delegated permissions")} scopes={api_scopes} isShort />
      <details>
        <summary>{t("Only for mailboxes by SMTP and IMAP")}</summary>
        <div style={{ marginTop: 8 }}>
          <Permissions
            label={t("Office 365 Exchange Online, Delegated permissions")}
            scopes={withoutThoseOf(api_scopes, scopes)}
            isShort
          />
        </div>
      </details>
    </>
  );
}

function withoutThoseOf(known: Scopes, scopes: Scopes) {
  const names = new Set(known.map(({ scope }) => scope));
  return scopes.filter(({ scope }) => !names.has(scope));
}

function Permissions({
  label,
  scopes,
  isShort = false,
}: {
  label: string;
  scopes: Scopes;
  isShort?: boolean;
}) {
  return (
    <div>
      <p className={classes.label}>{label}</p>
      <dl className={classes.scopes}>
        {scopes.map(({ scope }) => (
          <div key={scope}>
            <dt>
              <code>{isShort ? shortName(scope) : scope}</code>
            </dt>
            <dd>{reasonOf(scope)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
