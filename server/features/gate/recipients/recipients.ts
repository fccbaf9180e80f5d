// What the team's limits per provider and domain say of recipients: read for the gate, explanations and forecasts alike. Without such
// limits nothing is asked.

import type { Db } from "../../../db/connect.ts";
import { hostOfEmail, isFreeMail } from "../../../domain/contacts/companies.ts";
import {
  isRecipientProvider,
  providerOfHost,
  providerToKeep,
  RECIPIENT_PROVIDERS,
  type RecipientProvider,
} from "../../../domain/contacts/mail-servers/recipient-providers.ts";
import { isReservedAddress } from "../../../domain/contacts/reserved-addresses.ts";
import {
  type RecipientFacts,
  type RecipientKeys,
  type RecipientLimit,
  recipientKeyOf,
  recipientWindow,
} from "../../../domain/gate/recipient-limits.ts";
import { reachedBy } from "../../contacts/suppressions/barring.ts";
import * as store from "./store.ts";

/** Without a moment, what was released by now is counted, by the database's clock: for sending. */
type Asking = { db: Db; teamId: string; now: Temporal.Instant | null };

type MailTo = { mailboxId: string | null; email: string | null };

export type Recipients = {
  /** Null where nothing is limited. */
  of(mail: MailTo, now: Temporal.Instant): RecipientFacts | null;
  providerOf(email: string | null): RecipientProvider | null;
};

/** So long an email waits for the first answer about its domain. */
const WAITS_FOR_LOOK_UP = { minutes: 1 };

const NO_RECIPIENTS: Recipients = {
  of: () => null,
  providerOf: (email) => providerOfHost(hostOfEmail(email) ?? ""),
};

/** `wants`: domains that are not known yet are to be looked up, because emails are about to go there. */
export async function recipientsAmong(
  { db, teamId, now: at }: Asking,
  limits: readonly RecipientLimit[],
  mails: readonly MailTo[],
  { wants }: { wants: boolean },
): Promise<Recipients> {
  if (limits.length === 0) return NO_RECIPIENTS;
  const asksProviders = limits.some(({ to }) => to === "provider");
  const hosts = asksProviders ? [...new Set(mails.flatMap(({ email }) => toLookUp(email) ?? []))] : [];
  const rows = hosts.length > 0 ? await store.knownDomains(db, teamId, hosts) : [];
  const known = new Map(rows.map((row) => [row.domain, row]));
  const unknown = hosts.filter((host) => !known.has(host));
  const wanted = wants ? [...unknown, ...rows.filter(isOld).map(({ domain }) => domain)] : [];
  if (wanted.length > 0) await store.wantDomains(db, teamId, wanted);

  const providerOf = (email: string | null) => {
    const host = hostOfEmail(email) ?? "";
    const found = known.get(host)?.provider ?? null;
    return providerOfHost(host) ?? (isRecipientProvider(found) ? found : null);
  };
  const keysOf = (email: string | null) => recipientKeysOf({ db, teamId }, email, providerOf(email));
  const asks = new Map<string, store.RecipientAsk>();
  for (const { mailboxId, email } of mails)
    for (const limit of limits) {
      const keys = keysOf(email);
      const key = recipientKeyOf(limit, keys);
      if (key === null || mailboxId === null) continue;
      const { provider, host: digest } = key.startsWith("provider ")
        ? { provider: keys.provider, host: null }
        : { provider: null, host: keys.host };
      const { hours } = recipientWindow(limit);
      asks.set(nameOf(mailboxId, limit, key), { mailboxId, provider, digest, most: limit.most, hours });
    }
  const counts = asks.size > 0 ? await store.countRecipients(db, teamId, [...asks.values()], at) : [];
  const names = [...asks.keys()];
  const byName = new Map(counts.map((row) => [names[row.place], row]));
  return {
    providerOf,
    of({ mailboxId, email }, now) {
      const domain = hostOfEmail(email);
      if (domain === null || mailboxId === null) return null;
      const keys = keysOf(email);
      const provider = providerOf(email);
      return {
        domain,
        providerName: provider && RECIPIENT_PROVIDERS[provider].name,
        lookedUpBy:
          asksProviders && toLookUp(email) !== null ? waitsUntil(known.get(domain), wants, now) : null,
        limits: limits.flatMap((limit) => {
          const key = recipientKeyOf(limit, keys);
          const row = key === null ? null : byName.get(nameOf(mailboxId, limit, key));
          if (key === null || !row) return [];
          const { sent, oldestInTheWay } = row;
          return [{ ...limit, key, window: { limit: limit.most, sent, oldestInTheWay } }];
        }),
      };
    },
  };
}

/** Null where the domain tells the provider, or can have none. */
function toLookUp(email: string | null) {
  const host = hostOfEmail(email);
  return host === null || providerOfHost(host) !== null || isReservedAddress(`@${host}`) ? null : host;
}

/** Wanted again so that it stays: what no email has gone to for a month is dropped. */
function isOld({ wantedAt, lookedAt }: store.RecipientDomain) {
  return lookedAt !== null && lookedAt.since(wantedAt).total("hours") > 7 * 24;
}

function waitsUntil(row: store.RecipientDomain | undefined, wants: boolean, now: Temporal.Instant) {
  if (row ? row.lookedAt : !wants) return null;
  const until = (row?.wantedAt ?? now).add(WAITS_FOR_LOOK_UP);
  return Temporal.Instant.compare(until, now) > 0 ? until : null;
}

export function recipientKeysOf(
  { db, teamId }: Pick<Asking, "db" | "teamId">,
  email: string | null,
  known: RecipientProvider | null,
): RecipientKeys {
  const { hostDigest } = reachedBy({ db, teamId }, { email, companyKey: null });
  return { provider: providerToKeep(email, known), host: isFreeMail(email) ? null : hostDigest };
}

function nameOf(mailboxId: string, { per, most }: RecipientLimit, key: string) {
  return `${mailboxId} ${per} ${most} ${key}`;
}
