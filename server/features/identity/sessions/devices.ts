// Browsers in which a user has signed in before (OWASP's device cookies). They have their own queue, so that wrong
// passwords from elsewhere neither slow them down nor lock them out. The cookie names no account, grants nothing, and
// is worth the ten wrong passwords that an account forgives. It is signed with the digest key, and nothing of it is
// stored.

import { randomBytes } from "node:crypto";
import type { Secrets } from "../../../kernel/secrets.ts";

export const KNOWN_FOR = { hours: 180 * 24 };
/** Accounts that a browser remembers: the last ones that signed in there. */
const MOST_ACCOUNTS = 5;

type Digests = Pick<Secrets, "digest" | "isDigestOf">;

type Device = { id: string; isKnownTo(account: string): boolean };

type Mark = { since: number; mac: string };

/** Null for no cookie, or one that we did not sign. */
export function readDevice(secrets: Digests, cookie: string | null, now: Temporal.Instant): Device | null {
  const { id, marks } = partsOf(cookie, now);
  if (id === null || marks.length === 0) return null;
  return { id, isKnownTo: (account) => marks.some((mark) => isOf(secrets, id, account, mark)) };
}

/** The cookie a browser gets after a user has signed in there. */
export function deviceAfter(secrets: Digests, cookie: string | null, account: string, now: Temporal.Instant) {
  const { id: known, marks } = partsOf(cookie, now);
  const id = known ?? randomBytes(16).toString("base64url");
  const since = Math.floor(now.epochMilliseconds / 1000);
  const mac = secrets.digest(textOf(id, account, since)).toString("base64url");
  const others = marks.filter((mark) => !isOf(secrets, id, account, mark));
  const kept = [{ since, mac }, ...others].slice(0, MOST_ACCOUNTS);
  return [id, ...kept.map((mark) => `${mark.since.toString(36)}:${mark.mac}`)].join(".");
}

function partsOf(cookie: string | null, now: Temporal.Instant): { id: string | null; marks: Mark[] } {
  const [id = "", ...rest] = (cookie ?? "").split(".");
  if (!/^[\w-]{22}$/.test(id)) return { id: null, marks: [] };
  const oldest = now.subtract(KNOWN_FOR).epochMilliseconds / 1000;
  const marks = rest.slice(0, MOST_ACCOUNTS).flatMap((text): Mark[] => {
    const [since = "", mac = ""] = text.split(":");
    const at = /^[0-9a-z]{1,8}$/.test(since) ? Number.parseInt(since, 36) : 0;
    return at >= oldest && /^[\w-]{43}$/.test(mac) ? [{ since: at, mac }] : [];
  });
  return { id, marks };
}

function isOf(secrets: Digests, id: string, account: string, { since, mac }: Mark) {
  return secrets.isDigestOf(textOf(id, account, since), Buffer.from(mac, "base64url"));
}

function textOf(id: string, account: string, since: number) {
  return `device ${id} ${since} ${account}`;
}
