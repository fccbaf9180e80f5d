// The connect form's fields, and the call they become.

import { presetOf, type Server } from "./presets.ts";
import type { MailboxInput } from "./queries.ts";

type ServerFields = {
  host: string;
  port: number | string;
  security: Server["security"];
  username: string;
  password: string;
};

export type ConnectFields = {
  preset: string;
  email: string;
  displayName: string;
  password: string;
  smtp: ServerFields;
  imap: ServerFields;
  readsReplies: boolean;
  everyone: boolean;
  /** It is only read, for placement tests: no server for sending is asked for. */
  isSeed: boolean;
  dailyLimit: number | string;
  /** Begins with few emails a day. */
  ramps: boolean;
  /** At Microsoft, where people sign in. */
  byGraph: boolean;
  /** At Google, in the same way. */
  byGmail: boolean;
};

const NO_SERVER: ServerFields = { host: "", port: "", security: "tls", username: "", password: "" };

export const EMPTY: ConnectFields = {
  preset: "google",
  email: "",
  displayName: "",
  password: "",
  smtp: { ...NO_SERVER, port: 465 },
  imap: { ...NO_SERVER, port: 993 },
  readsReplies: true,
  everyone: true,
  isSeed: false,
  dailyLimit: 50,
  ramps: true,
  byGraph: true,
  byGmail: false,
};

/** Up to the mailbox's own limit; null where that is as small as the beginning. */
export function proposedRamp(dailyLimit: number | null) {
  const ceiling = dailyLimit ?? 50;
  return ceiling <= 10 ? null : { start: 10, step: 2, every_days: 1, ceiling };
}

/** `areFound`: the servers are as they were found, and are left to the installation, which also finds how to sign in. */
export function wishOf(fields: ConnectFields, test: boolean, areFound = false): MailboxInput {
  const { preset, email, displayName, everyone } = fields;
  const dailyLimit = fields.dailyLimit === "" ? null : Number(fields.dailyLimit);
  const known = presetOf(preset);
  const said = {
    email: email.trim(),
    ...(displayName.trim() && { display_name: displayName.trim() }),
    visibility: everyone ? ("everyone" as const) : ("restricted" as const),
    email_daily_threshold: dailyLimit,
    test,
  };
  if (preset === "catcher") return { ...said, type: "catcher" };
  const ramp = fields.ramps && !fields.isSeed ? proposedRamp(dailyLimit) : null;
  const use = fields.isSeed ? { seed: true, email_daily_threshold: null } : ramp && { ramp };
  const isRead = fields.readsReplies || fields.isSeed;
  if (areFound)
    return { ...said, ...use, type: "smtp", password: fields.password, ...(!isRead && { imap: null }) };
  const own = known.key === "other";
  const smtp = fields.isSeed ? null : own ? serverOf(fields.smtp) : known.smtp && { ...known.smtp };
  const imap = own ? serverOf(fields.imap) : known.imap && { ...known.imap };
  return {
    ...said,
    ...use,
    type: "smtp",
    ...(smtp && {
      smtp: { ...smtp, password: own && fields.smtp.password ? fields.smtp.password : fields.password },
    }),
    imap:
      imap && isRead
        ? { ...imap, password: own && fields.imap.password ? fields.imap.password : fields.password }
        : null,
  };
}

/** The address is the one that signs in. */
export function signInWishOf(fields: ConnectFields, provider: "google" | "microsoft") {
  const dailyLimit = fields.dailyLimit === "" ? null : Number(fields.dailyLimit);
  const name = fields.displayName.trim();
  return {
    provider,
    ...(provider === "microsoft" && {
      connected_by: fields.byGraph ? ("microsoft_graph" as const) : ("smtp_imap" as const),
    }),
    ...(provider === "google" && fields.byGmail && { connected_by: "gmail_api" as const }),
    ...(name && { display_name: name }),
    visibility: fields.everyone ? ("everyone" as const) : ("restricted" as const),
    email_daily_threshold: dailyLimit,
    ramp: fields.ramps ? proposedRamp(dailyLimit) : null,
  };
}

function serverOf({ host, port, security, username }: ServerFields) {
  return {
    host: host.trim(),
    port: Number(port),
    security,
    ...(username.trim() && { username: username.trim() }),
  };
}
