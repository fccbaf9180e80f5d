// What a mailbox's connection becomes when a user changes it.
//
// A stored password or token goes only to the server it was given for. Otherwise a user who may change a mailbox could
// point it at a server of their own and read the password there, though no answer of ours ever shows it.

export type Security = "tls" | "starttls" | "none";

export type ServerSettings = { host: string; port: number; security: Security; username: string | null };

/** A password of null means: keep the stored one. */
export type ServerWish = {
  host?: string | undefined;
  port?: number | undefined;
  security?: Security | undefined;
  username?: string | null | undefined;
  password?: string | undefined;
};

export type ServerChange =
  | { kind: "kept"; settings: ServerSettings | null }
  | { kind: "removed" }
  | { kind: "changed"; settings: ServerSettings; password: string | null | "kept" }
  | { kind: "incomplete"; missing: "host" | "port" }
  | { kind: "secretNeeded" };

export function changeServer(
  stored: ServerSettings | null,
  hasSecret: boolean,
  wish: ServerWish | null | undefined,
): ServerChange {
  if (wish === undefined) return { kind: "kept", settings: stored };
  if (wish === null) return { kind: "removed" };
  const { host = stored?.host, port = stored?.port } = wish;
  if (host === undefined) return { kind: "incomplete", missing: "host" };
  if (port === undefined) return { kind: "incomplete", missing: "port" };
  const settings = {
    host,
    port,
    security: wish.security ?? stored?.security ?? "tls",
    username: wish.username === undefined ? (stored?.username ?? null) : wish.username,
  };
  if (wish.password !== undefined) return { kind: "changed", settings, password: wish.password };
  if (!hasSecret) return { kind: "changed", settings, password: null };
  if (!stored || !isSameServer(stored, settings)) return { kind: "secretNeeded" };
  return { kind: "changed", settings, password: "kept" };
}

function isSameServer(a: ServerSettings, b: ServerSettings) {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.security === b.security;
}

/** Where the great providers are reached, for who names only the provider. */
export const WELL_KNOWN = {
  smtp: null,
  gmail: {
    smtp: { host: "smtp.gmail.com", port: 465, security: "tls" },
    imap: { host: "imap.gmail.com", port: 993, security: "tls" },
  },
  microsoft: {
    smtp: { host: "smtp.office365.com", port: 587, security: "starttls" },
    imap: { host: "outlook.office365.com", port: 993, security: "tls" },
  },
} as const;
