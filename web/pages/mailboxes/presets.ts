// What the usual providers ask for, so that nobody has to look up a port.

type Security = "tls" | "starttls" | "none";
export type Server = { host: string; port: number; security: Security };

export type Preset = {
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

export const PRESETS: readonly Preset[] = [
  {
    key: "google",
    name: "Google",
    domains: ["gmail.com", "googlemail.com"],
    smtp: server("smtp.gmail.com", 465),
    imap: server("imap.gmail.com", 993),
    note: "Google wants an app password here, not the one you sign in with: in your Google account, turn on 2-step verification, then make one under App passwords.",
  },
  {
    key: "microsoft",
    name: "Microsoft 365",
    domains: ["outlook.com", "hotmail.com", "live.com", "msn.com"],
    smtp: server("smtp.office365.com", 587, "starttls"),
    imap: server("outlook.office365.com", 993),
    note: "Your admin has to allow authenticated SMTP and IMAP for this mailbox. Where sign-in by password is switched off, connect it through the API with OAuth tokens.",
  },
  {
    key: "fastmail",
    name: "Fastmail",
    domains: ["fastmail.com", "fastmail.fm"],
    smtp: server("smtp.fastmail.com", 465),
    imap: server("imap.fastmail.com", 993),
    note: "Fastmail wants an app password: Settings, Privacy & Security, App passwords.",
  },
  {
    key: "icloud",
    name: "iCloud",
    domains: ["icloud.com", "me.com", "mac.com"],
    smtp: server("smtp.mail.me.com", 587, "starttls"),
    imap: server("imap.mail.me.com", 993),
    note: "Apple wants an app-specific password from your Apple account's page.",
  },
  {
    key: "zoho",
    name: "Zoho",
    domains: ["zoho.com", "zohomail.com"],
    smtp: server("smtp.zoho.com", 465),
    imap: server("imap.zoho.com", 993),
    note: "IMAP has to be switched on in Zoho's settings; with 2-step verification, make an app password.",
  },
  { key: "other", name: "Another", domains: [], smtp: null, imap: null, note: null },
  {
    key: "catcher",
    name: "Just try it",
    domains: [],
    smtp: null,
    imap: null,
    note: "No real mailbox: what it sends is caught inside Cadenza and can be read and answered there. It works where the mail catcher runs.",
  },
];

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
