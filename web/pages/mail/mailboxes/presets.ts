// What a mailbox can be connected to. The servers of other providers are looked for (found-servers.ts).

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type Security = "tls" | "starttls" | "none";
export type Server = { host: string; port: number; security: Security };

type Preset = {
  key: string;
  name: string;
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
    smtp: server("smtp.gmail.com", 465),
    imap: server("imap.gmail.com", 993),
    note: t(
      "Use an app password, not your Google password. In your Google account, turn on 2-step verification, then create one under App passwords.",
    ),
  },
  {
    key: "microsoft",
    name: t("Microsoft 365"),
    smtp: server("smtp.office365.com", 587, "starttls"),
    imap: server("outlook.office365.com", 993),
    note: t(
      "Most Microsoft 365 mailboxes take no password any more. A mailbox that does needs authenticated SMTP and IMAP, which your Microsoft admin allows.",
    ),
  },
  { key: "other", name: t("Other"), smtp: null, imap: null, note: null },
  {
    key: "catcher",
    name: t("Test mailbox"),
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
