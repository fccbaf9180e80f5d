// The servers that were found for an address: in the form, and in words.

import { t } from "../../../language/t.ts";
import type { FoundServers } from "./queries.ts";

/** For a form: the user name is left out where it is the address. */
export function serverFields(
  { host, port, security, username }: NonNullable<FoundServers["smtp"]>,
  email: string,
) {
  return {
    host,
    port,
    security,
    username: username === null || username === email ? "" : username,
    password: "",
  };
}

/** Where they were found, and what has to be known before the password works. */
export function foundSays(found: FoundServers, domain: string): string[] {
  const { found_by, provider, smtp, imap, notes } = found;
  if (notes.includes("no_access"))
    return [t("{provider} does not let other programs send or read its mailboxes.", { provider })];
  if (!smtp)
    return [
      t(
        "No mail servers found for {domain}. Enter those that your email provider lists under IMAP and SMTP.",
        {
          domain,
        },
      ),
    ];
  const names = { provider: provider ?? domain, domain, smtp: smtp.host, imap: imap?.host ?? "" };
  return [
    whereSays(found_by, names),
    ...(imap ? [] : [t("No server for reading was found.")]),
    ...notesSay(found),
  ];
}

type Names = { provider: string; domain: string; smtp: string; imap: string };

function whereSays(by: FoundServers["found_by"], names: Names) {
  if (by === "names")
    return t(
      "Servers that answer for {domain}: {smtp}, {imap}. Compare them with what your provider lists.",
      names,
    );
  if (by === "provider" || by === "mail_exchangers")
    return t("Servers of {provider}: {smtp}, {imap}.", names);
  return names.imap === ""
    ? t("{domain} names this server: {smtp}.", names)
    : t("{domain} names these servers: {smtp}, {imap}.", names);
}

function notesSay({ notes, provider }: FoundServers) {
  return [
    notes.includes("switch_on") && t("Turn on IMAP in the settings of {provider} first.", { provider }),
    notes.includes("app_password") &&
      t("Use an app password instead of your usual one. Create it in the security settings of {provider}.", {
        provider,
      }),
    notes.includes("authorization_code") &&
      t("Use the authorization code that {provider} shows when you turn on IMAP, not your usual password.", {
        provider,
      }),
  ].filter((said) => said !== false);
}
