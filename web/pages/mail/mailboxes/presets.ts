// The settings of the usual providers, so that users need not look up a port.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type Security = "tls" | "starttls" | "none";
export type Server = { host: string; port: number; security: Security };

type Preset = {
  key: string;
  name: string;
  /** Mail domains that tell the provider by themselves. */
  domains: readonly string[];
  smtp: Server | null;
  imap: Server | null;
  /** What one has to know before the password works. */
  note: string | null;
};

const server = (host: string, port: number, security: Security = "tls"): Server => ({ host, port, security });

export const PRESETS: readonly Preset[] = perLanguage(() => [
  {
    key: "google",
    name: t("Google"),
    domains: ["gmail.com", "googlemail.com"],
    smtp: server("smtp.gmail.com", 465),
    imap: server("imap.gmail.com", 993),
    note: t(
      "Use an app password, not your Google password. In your Google account, turn on 2-step verification, then create one under App passwords.",
    ),
  },
  {
    key: "microsoft",
    name: t("Microsoft 365"),
    domains: ["outlook.com", "hotmail.com", "live.com", "msn.com"],
    smtp: server("smtp.office365.com", 587, "starttls"),
    imap: server("outlook.office365.com", 993),
    note: t(
      "Most Microsoft 365 mailboxes take no password any more. A mailbox that does needs authenticated SMTP and IMAP, which your Microsoft admin allows.",
    ),
  },
  {
    key: "fastmail",
    name: t("Fastmail"),
    domains: ["fastmail.com", "fastmail.fm"],
    smtp: server("smtp.fastmail.com", 465),
    imap: server("imap.fastmail.com", 993),
    note: t("Use an app password. Create it in Fastmail under Settings, Privacy & Security, App passwords."),
  },
  {
    key: "icloud",
    name: "iCloud",
    domains: ["icloud.com", "me.com", "mac.com"],
    smtp: server("smtp.mail.me.com", 587, "starttls"),
    imap: server("imap.mail.me.com", 993),
    note: t("Use an app-specific password. Create it in your Apple account."),
  },
  {
    key: "zoho",
    name: t("Zoho"),
    domains: ["zoho.com", "zohomail.com"],
    smtp: server("smtp.zoho.com", 465),
    imap: server("imap.zoho.com", 993),
    note: t("Turn on IMAP in Zoho's settings. With 2-step verification, use an app password."),
  },
  { key: "other", name: t("Other"), domains: [], smtp: null, imap: null, note: null },
  {
    key: "catcher",
    name: t("Test mailbox"),
    domains: [],
    smtp: null,
    imap: null,
    note: t(
      "Not a real mailbox. Its emails go to the test inbox, where you can read and reply to them. Needs the test mail server.",
    ),
  },
]);

export function presetOf(key: string): Preset {
  return (
    PRESETS.find((preset) => preset.key === key) ?? (PRESETS.find(({ key: k }) => k === "other") as Preset)
  );
}

/** By the address, or null where its domain may be anybody's. */
export function guessPreset(email: string): Preset | null {
  const domain = email.split("@")[1]?.trim().toLowerCase() ?? "";
  return PRESETS.find(({ domains }) => domains.includes(domain)) ?? null;
}

/** Servers that most hosters have, to begin with. */
export function guessServers(email: string) {
  const domain = email.split("@")[1]?.trim().toLowerCase();
  return domain ? { smtp: `smtp.${domain}`, imap: `imap.${domain}` } : null;
}
