// Finds the mail servers of an address, in the order of how much each way is worth: what is known of its provider, what the domain
// publishes for mail programs, what its DNS says, what the provider of its mail exchangers publishes, and at last names that many
// domains have, where a mail server answers. Only the address is told to anybody, and only by HTTPS; no password.

import type { App } from "../../../app.ts";
import { hostOfEmail, registeredDomain } from "../../../domain/contacts/companies.ts";
import type { FoundServers, Look } from "../../../domain/contacts/mail-servers/found-servers.ts";
import type { MailServers } from "../../../domain/contacts/mail-servers/mail-servers.ts";
import {
  type MailProvider,
  providerOfDomain,
  providerOfExchangers,
} from "../../../domain/contacts/mail-servers/provider.ts";
import { Asking, type Doors, type Ports, USUAL_PORTS } from "./asking.ts";

const NOTHING = { by: null, servers: null, provider: null, signsIn: null, notes: [] };

export async function findServers(
  app: Doors & Pick<App, "sandbox">,
  email: string,
  ports: Ports = USUAL_PORTS,
): Promise<FoundServers> {
  const domain = hostOfEmail(email);
  if (domain === null) return { ...NOTHING, looks: [] };
  if (app.sandbox) return { ...NOTHING, by: "names", servers: usualServers(domain), looks: [] }; // nobody is asked
  const known = providerOfDomain(email);
  if (known) return ofProvider(known, [{ by: "provider", place: domain, told: "found" }]);

  const asking = new Asking(app, email, ports);
  // All at once: a domain that is silent in one way keeps nobody waiting for the others.
  const published = asking.autoconfig(domain);
  const services = asking.services(domain);
  const discovered = asking.autodiscover(domain);
  const exchangers = await asking.exchangers(domain);
  const provider = providerOfExchangers(email, exchangers.hosts);
  if (provider) return ofProvider(provider, [{ ...exchangers.look, told: "found" }]);

  const looks: Look[] = [exchangers.look];
  for (const way of [published, services, discovered, asking.ofHoster(hosterOf(exchangers.hosts, domain))]) {
    const { look, servers } = await way;
    looks.push(...look);
    const by = look.findLast(({ told }) => told === "found")?.by;
    if (servers && by) return { ...NOTHING, by, servers, looks };
  }
  const { look, servers } = await asking.usualNames(domain);
  return { ...NOTHING, by: servers && "names", servers, looks: [...looks, ...look] };
}

function ofProvider({ name, servers, signsIn, notes }: MailProvider, looks: readonly Look[]): FoundServers {
  return { by: looks[0]?.by ?? null, servers, provider: name, signsIn, notes, looks };
}

function usualServers(domain: string): MailServers {
  const server = (host: string, port: number) => ({ host, port, security: "tls" as const, username: null });
  return { smtp: server(`smtp.${domain}`, 465), imap: server(`imap.${domain}`, 993) };
}

/** Whose exchangers take the domain's mail, where it is not the domain itself. */
function hosterOf([first]: readonly string[], domain: string) {
  const hoster = first === undefined ? null : registeredDomain(first.toLowerCase());
  return hoster === null || hoster === registeredDomain(domain) ? null : hoster;
}
