// A mailbox of which only the password is told: its servers are looked for. The wishes that come of it are tried in turn.

import type { App, Caller } from "../../../app.ts";
import type { FoundServers } from "../../../domain/contacts/mail-servers/found-servers.ts";
import { WELL_KNOWN } from "../../../domain/contacts/mailbox-connection.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { findServers } from "../server-discovery/finding.ts";
import type { ConnectionWish } from "./connection.ts";
import type { Mailbox } from "./store.ts";
import { takeTrial } from "./trials.ts";

type Sought = ConnectionWish & { email: string; type: Mailbox["type"]; password?: string | undefined };
type Told = Pick<ConnectionWish, "smtp" | "imap">;

/** These say how to sign in. Elsewhere it is the address, or the part before its @ (RFC 6186). */
const SAYS_USERNAME: ReadonlySet<FoundServers["by"]> = new Set([
  "provider",
  "mail_exchangers",
  "autoconfig",
  "autodiscover",
]);

export async function withServers<Wish extends Sought>(
  app: App,
  caller: Caller,
  wish: Wish,
): Promise<[Wish, ...Wish[]]> {
  const { smtp, password, type, email } = wish;
  if (password === undefined || type === "catcher") return [wish];
  const signingIn = (told: Told): Wish => {
    const imap = wish.imap === undefined ? told.imap : wish.imap;
    return { ...wish, smtp: { password, ...told.smtp }, imap: imap && { password, ...imap } };
  };
  if (smtp) return [signingIn({ smtp })];
  if (wish.isSeed && wish.imap) return [{ ...wish, imap: { password, ...wish.imap } }];
  if (type !== "smtp") return [signingIn(WELL_KNOWN[type])];
  takeTrial(caller.teamId, app.now());
  const found = await findServers(app, email);
  if (!found.servers) throw refusal(found, email);
  const byAddress = signingIn(found.servers);
  if (SAYS_USERNAME.has(found.by)) return [byAddress];
  const username = email.slice(0, email.lastIndexOf("@"));
  const { smtp: sending, imap: reading } = found.servers;
  const byLocalPart = { smtp: { ...sending, username }, imap: reading && { ...reading, username } };
  return [byAddress, signingIn(byLocalPart)];
}

function refusal({ notes, provider }: FoundServers, email: string) {
  return notes.includes("no_access") && provider
    ? new Refusal("mail_provider_closed", { provider })
    : new Refusal("mail_servers_not_found", { domain: email.slice(email.lastIndexOf("@") + 1) });
}
