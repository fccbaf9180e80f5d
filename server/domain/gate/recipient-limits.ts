// How many emails go from one mailbox to recipients at one mail provider, or at one domain, in an hour or in 24 hours.
//
// Easy to get wrong: a recipient whose provider is not known counts by the domain only, so the limit of every provider takes that
// domain for a provider of its own. Free-mail domains are no company's: they count by their provider alone.

import {
  bindingAmong,
  DAY,
  type Full,
  fullWindow,
  HOUR,
  type LimitWindow,
  withMore,
} from "../basics/limits.ts";
import type { RecipientProvider } from "../contacts/mail-servers/recipient-providers.ts";

export type RecipientLimit = {
  to: "provider" | "domain";
  /** Null: each provider by itself, or each domain. */
  provider: RecipientProvider | null;
  most: number;
  per: "hour" | "day";
};

/** As it is counted: the domain by its digest, a free-mail domain by its name. */
export type RecipientKeys = { provider: string | null; host: string | null };

/** By what a limit counts this recipient; null where it is not about them. */
export function recipientKeyOf({ to, provider: only }: RecipientLimit, { provider, host }: RecipientKeys) {
  if (to === "provider" && provider !== null)
    return only === null || only === provider ? `provider ${provider}` : null;
  if (to === "provider" && only !== null) return null;
  return host === null ? null : `host ${host}`;
}

export function recipientWindow({ per }: Pick<RecipientLimit, "per">) {
  return per === "hour" ? HOUR : DAY;
}

type RecipientStanding = RecipientLimit & {
  /** Equal keys of one mailbox share the limit. */
  key: string;
  window: LimitWindow;
};

/** Where the team limits what a mailbox sends to providers or domains. */
export type RecipientFacts = {
  domain: string;
  /** Null: not known. */
  providerName: string | null;
  /** So long an email waits for the answer of the name server; null: it does not wait. */
  lookedUpBy: Temporal.Instant | null;
  limits: readonly RecipientStanding[];
};

type FullRecipients = { standing: RecipientStanding; full: Full };

/** Of the limits that are full, the one that is free last: it binds. */
export function fullRecipients({ limits }: RecipientFacts, now: Temporal.Instant): FullRecipients | null {
  return bindingAmong(limits, (standing) => fullWindow(standing.window, recipientWindow(standing)), now);
}

/** As they stand when those others leave the same mailbox at this moment, too. */
export function afterRecipients(
  recipient: RecipientFacts | null,
  others: readonly (RecipientFacts | null)[],
  now: Temporal.Instant,
): RecipientFacts | null {
  if (!recipient || others.length === 0) return recipient;
  const limits = recipient.limits.map((standing) => {
    const more = others.filter((other) =>
      other?.limits.some((one) => one.key === standing.key && one.per === standing.per),
    ).length;
    return { ...standing, window: withMore(standing.window, more, recipientWindow(standing), now) };
  });
  return { ...recipient, limits };
}
