// A mailbox's connection: what a wish makes of it, its secrets sealed into their columns and opened out of them.

import type { App } from "../../../app.ts";
import type { Config } from "../../../config.ts";
import { API_WAYS, type WayToProvider } from "../../../domain/contacts/mail-sign-in.ts";
import {
  changeServer,
  type ServerSettings,
  type ServerWish,
  WELL_KNOWN,
} from "../../../domain/contacts/mailbox-connection.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { Secrets } from "../../../kernel/secrets.ts";
import type { Servers } from "../../../mail/door.ts";
import type { Mailbox, Sealed } from "./store.ts";

type OauthWish = {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Temporal.Instant | null;
  clientId: string | null;
  clientSecret: string | null;
};

/** What a person's sign-in at a provider came to: both servers, with tokens of the team's own application. */
export type SignedIn = {
  type: "gmail" | "microsoft";
  connectedBy: WayToProvider;
  clientId: string;
  username: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: Temporal.Instant;
  servers: Record<Side, Omit<ServerSettings, "username">>;
};

export type ConnectionWish = {
  smtp?: ServerWish | undefined;
  imap?: ServerWish | null | undefined;
  oauth?: OauthWish | null | undefined;
  signedIn?: SignedIn | undefined;
  connectedBy?: WayToProvider | undefined;
  /** A seed mailbox need not send. */
  isSeed?: boolean | undefined;
};

type Side = "smtp" | "imap";

/** The row's open columns, and for each sealed one the new secret, null to clear it, or nothing to keep it. */
export type ConnectionChange = {
  columns: Partial<Mailbox>;
  secrets: Partial<Record<keyof Sealed, string | null>>;
};

type ApiUrls = Pick<Config, "graphUrl" | "gmailUrl">;
type ApiWay = Exclude<WayToProvider, "smtp_imap">;

export function planConnection(mailbox: Mailbox, wish: ConnectionWish, urls: ApiUrls): ConnectionChange {
  if (wish.signedIn) return planSignedIn(mailbox, wish.signedIn, urls);
  const way = apiWayOf(mailbox, wish);
  if (way) return planApi(mailbox, wish, { way, urls });
  const secrets: ConnectionChange["secrets"] = {};
  const columns: ConnectionChange["columns"] = {};
  if (mailbox.connectedBy !== "smtp_imap") columns.connectedBy = "smtp_imap";
  planOauth(wish, { columns, secrets });
  for (const side of ["smtp", "imap"] as const) planSide(side, mailbox, wish, { columns, secrets });
  const smtpHost = "smtpHost" in columns ? columns.smtpHost : mailbox.smtpHost;
  const mustSend = mailbox.type !== "catcher" && !(wish.isSeed ?? mailbox.isSeed);
  if (!smtpHost && mustSend) throw new Refusal("parameter_missing", { name: "smtp" });
  return { columns, secrets };
}

/** With other servers, or without tokens, it is by its provider's API no longer. */
function apiWayOf({ connectedBy }: Mailbox, wish: ConnectionWish): ApiWay | null {
  const isKept = !wish.smtp && !wish.imap && wish.connectedBy === undefined;
  const way = wish.connectedBy ?? (isKept ? connectedBy : "smtp_imap");
  return way === "smtp_imap" ? null : way;
}

type PlannedWay = { way: ApiWay; urls: ApiUrls };

/** With tokens that the caller got from the provider. They stay where they go to its API already. */
function planApi(mailbox: Mailbox, wish: ConnectionWish, { way, urls }: PlannedWay): ConnectionChange {
  if (way === "microsoft_graph" && mailbox.type !== "microsoft") throw new Refusal("graph_not_at_microsoft");
  if (way === API_WAYS.google && mailbox.type !== "gmail") throw new Refusal("gmail_not_at_google");
  if (wish.smtp || wish.imap || wish.imap === null) throw new Refusal("graph_without_servers");
  const secrets: ConnectionChange["secrets"] = {};
  const columns: ConnectionChange["columns"] = {};
  planOauth(wish, { columns, secrets });
  const isNew = mailbox.connectedBy !== way;
  if (wish.oauth === null || (isNew && !wish.oauth))
    throw new Refusal("parameter_missing", { name: "oauth" });
  if (isNew) {
    Object.assign(columns, columnsAtApi(way, urls));
    Object.assign(secrets, { smtpPassword: null, imapPassword: null });
  }
  return { columns, secrets };
}

function columnsAtApi(way: ApiWay, { graphUrl, gmailUrl }: ApiUrls): Partial<Mailbox> {
  const { hostname: host, port, protocol } = new URL(way === "gmail_api" ? gmailUrl : graphUrl);
  const security = protocol === "https:" ? "tls" : "none";
  const server = { host, port: Number(port || 443), security, username: null } as const;
  return {
    connectedBy: way,
    ...columnsFor("smtp", server),
    ...columnsFor("imap", server),
  };
}

/** Passwords go: with one, nobody would sign in by the token. */
function planSignedIn({ email }: Mailbox, signedIn: SignedIn, urls: ApiUrls): ConnectionChange {
  const { type, clientId, accessToken, refreshToken, expiresAt, servers } = signedIn;
  const username = signedIn.username.toLowerCase() === email.toLowerCase() ? null : signedIn.username;
  const reached: Partial<Mailbox> =
    signedIn.connectedBy !== "smtp_imap"
      ? columnsAtApi(signedIn.connectedBy, urls)
      : {
          connectedBy: "smtp_imap",
          ...columnsFor("smtp", { ...servers.smtp, username }),
          ...columnsFor("imap", { ...servers.imap, username }),
        };
  return {
    columns: {
      type,
      oauthClientId: clientId,
      oauthExpiresAt: expiresAt,
      oauthOfTeam: true,
      ...reached,
    },
    secrets: {
      smtpPassword: null,
      imapPassword: null,
      oauthClientSecret: null,
      oauthAccessToken: accessToken,
      oauthRefreshToken: refreshToken,
    },
  };
}

function planSide(side: Side, mailbox: Mailbox, wish: ConnectionWish, plan: ConnectionChange) {
  const stored = settingsOf(side, mailbox);
  const known = mailbox.type === "catcher" ? null : WELL_KNOWN[mailbox.type];
  const asked = wish[side] === undefined && !stored && known ? known[side] : wish[side];
  const isTokenKept = mailbox.oauthAccessToken !== null && wish.oauth === undefined;
  const change = changeServer(stored, mailbox[`${side}Password`] !== null || isTokenKept, asked);
  switch (change.kind) {
    case "kept":
      return;
    case "incomplete":
      throw new Refusal("parameter_missing", { name: `${side}.${change.missing}` });
    case "secretNeeded":
      throw new Refusal("mailbox_password_needed", { side: side.toUpperCase() });
    case "removed":
      Object.assign(plan.columns, columnsFor(side, null));
      plan.secrets[`${side}Password`] = null;
      return;
    case "changed":
      Object.assign(plan.columns, columnsFor(side, change.settings));
      if (change.password !== "kept") plan.secrets[`${side}Password`] = change.password;
  }
}

function planOauth({ oauth }: ConnectionWish, { columns, secrets }: ConnectionChange) {
  if (oauth === undefined) return;
  secrets.oauthAccessToken = oauth?.accessToken ?? null;
  secrets.oauthRefreshToken = oauth?.refreshToken ?? null;
  secrets.oauthClientSecret = oauth?.clientSecret ?? null;
  columns.oauthClientId = oauth?.clientId ?? null;
  columns.oauthExpiresAt = oauth?.expiresAt ?? null;
  columns.oauthOfTeam = false;
}

/** Null by an API too, which is no server that a person set. */
function settingsOf(side: Side, mailbox: Mailbox): ServerSettings | null {
  if (mailbox.connectedBy !== "smtp_imap") return null;
  const host = mailbox[`${side}Host`];
  const port = mailbox[`${side}Port`];
  const security = mailbox[`${side}Security`];
  if (!host || !port || !security) return null;
  return { host, port, security, username: mailbox[`${side}Username`] };
}

/** Whether it is looked for new mail, as the engine knows which are (`mailboxes_to_read`). */
export function isRead({ type, imapHost }: Pick<Mailbox, "type" | "imapHost">) {
  return type === "catcher" || imapHost !== null;
}

function columnsFor(side: Side, settings: ServerSettings | null): Partial<Mailbox> {
  return {
    [`${side}Host`]: settings?.host ?? null,
    [`${side}Port`]: settings?.port ?? null,
    [`${side}Security`]: settings?.security ?? null,
    [`${side}Username`]: settings?.username ?? null,
  };
}

const COLUMN = {
  smtpPassword: "smtp_password",
  imapPassword: "imap_password",
  oauthClientSecret: "oauth_client_secret",
  oauthAccessToken: "oauth_access_token",
  oauthRefreshToken: "oauth_refresh_token",
} as const satisfies Record<keyof Sealed, string>;

function placeOf(teamId: string, rowId: string, column: keyof Sealed) {
  return { teamId, table: "mailboxes", rowId, column: COLUMN[column] };
}

/** The plan's new secrets, sealed for the row they go to. */
export function sealed(
  secrets: Secrets,
  teamId: string,
  { id }: Mailbox,
  plan: ConnectionChange,
): Partial<Sealed> {
  const entries = Object.entries(plan.secrets) as [keyof Sealed, string | null][];
  return Object.fromEntries(
    entries.map(([column, secret]) => [
      column,
      secret === null ? null : secrets.seal(placeOf(teamId, id, column), secret),
    ]),
  );
}

/** A mailbox's secret in the clear, for the one moment it is used. */
export function openSecret(secrets: Secrets, teamId: string, mailbox: Mailbox, column: keyof Sealed) {
  const value = mailbox[column];
  return value && secrets.open(placeOf(teamId, mailbox.id, column), value);
}

/** The servers as the plan would have them, ready to be called. */
export function serversOf(
  { secrets, catcher, sandbox }: Pick<App, "secrets" | "catcher" | "sandbox">,
  teamId: string,
  mailbox: Mailbox,
  plan: ConnectionChange = { columns: {}, secrets: {} },
): Servers {
  const next = { ...mailbox, ...plan.columns };
  if (mailbox.type === "catcher" || sandbox) {
    const caught = catcher.serversOf(teamId, mailbox.id) ?? { smtp: null, imap: null };
    return { ...caught, imap: isRead(next) ? caught.imap : null };
  }
  const secret = (column: keyof Sealed) => {
    const planned = plan.secrets[column];
    return planned === undefined ? openSecret(secrets, teamId, mailbox, column) : planned;
  };
  if (next.connectedBy !== "smtp_imap") {
    const account = {
      kind: KINDS[next.connectedBy],
      email: mailbox.email,
      accessToken: secret("oauthAccessToken") ?? "",
    };
    return { smtp: account, imap: account };
  }
  const server = (side: Side) => {
    const settings = settingsOf(side, next);
    if (!settings) return null;
    const { username, ...rest } = settings;
    return {
      ...rest,
      login: loginFor(username ?? next.email, secret(`${side}Password`), secret("oauthAccessToken")),
    };
  };
  return { smtp: server("smtp"), imap: server("imap") };
}

const KINDS = { microsoft_graph: "graph", gmail_api: "gmail" } as const;

function loginFor(username: string, password: string | null, accessToken: string | null) {
  if (password !== null) return { kind: "password" as const, username, password };
  return accessToken === null ? null : { kind: "oauth" as const, username, accessToken };
}
