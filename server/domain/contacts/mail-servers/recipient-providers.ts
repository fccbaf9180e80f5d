// Which provider takes the mail of a recipient: by the domain of the address, else by the domain's mail exchangers. A service that
// filters the mail before it (Mimecast) counts as the provider, because it is the one that accepts or refuses.

import { hostOfEmail, isFreeMail } from "../companies.ts";
import { KNOWN_PROVIDERS } from "./known-providers.ts";

type Known = {
  name: string;
  /** Its names among the providers where people have mailboxes (known-providers.ts). */
  as?: readonly string[];
  /** Addresses at these, beside the ones that are known there. */
  domains?: readonly string[];
  /** Its mail exchangers end in one of these, beside the ones that are known there. */
  exchangers?: readonly string[];
};

export const RECIPIENT_PROVIDERS = {
  google: { name: "Google", as: ["Google"] },
  microsoft: {
    name: "Microsoft",
    as: ["Microsoft 365"],
    domains: [
      "hotmail.co.uk",
      "hotmail.de",
      "hotmail.fr",
      "hotmail.es",
      "hotmail.it",
      "live.de",
      "live.fr",
      "live.co.uk",
    ],
    exchangers: ["outlook.com"],
  },
  yahoo: { name: "Yahoo and AOL", as: ["Yahoo", "AOL"] },
  apple: { name: "Apple", as: ["iCloud"], exchangers: ["icloud.com"] },
  gmx: {
    name: "GMX and WEB.DE",
    as: ["GMX", "WEB.DE"],
    domains: ["mail.com"],
    exchangers: ["gmx.net", "web.de", "mail.com"],
  },
  telekom: { name: "Telekom", as: ["Telekom"], exchangers: ["t-online.de"] },
  ionos: { name: "IONOS", as: ["IONOS"] },
  zoho: { name: "Zoho", as: ["Zoho"] },
  mimecast: { name: "Mimecast", exchangers: ["mimecast.com", "mimecast.co.za", "mimecast-offshore.com"] },
  proofpoint: { name: "Proofpoint", exchangers: ["pphosted.com", "ppe-hosted.com"] },
  barracuda: { name: "Barracuda", exchangers: ["barracudanetworks.com"] },
  cisco: { name: "Cisco", exchangers: ["iphmx.com"] },
  trend_micro: { name: "Trend Micro", exchangers: ["trendmicro.com", "trendmicro.eu"] },
  sophos: { name: "Sophos", exchangers: ["sophos.com"] },
  hornetsecurity: { name: "Hornetsecurity", exchangers: ["hornetsecurity.com", "antispameurope.com"] },
  broadcom: { name: "Broadcom (Symantec)", exchangers: ["messagelabs.com"] },
} as const satisfies Record<string, Known>;

export type RecipientProvider = keyof typeof RECIPIENT_PROVIDERS;
const RECIPIENT_PROVIDER_CODES = Object.keys(RECIPIENT_PROVIDERS) as RecipientProvider[];

const BY_DOMAIN = new Map<string, RecipientProvider>();
const BY_EXCHANGER = new Map<string, RecipientProvider>();
for (const code of RECIPIENT_PROVIDER_CODES) {
  const { as = [], domains = [], exchangers = [] }: Known = RECIPIENT_PROVIDERS[code];
  const same = KNOWN_PROVIDERS.filter(({ name }) => as.includes(name));
  for (const domain of [...domains, ...same.flatMap((one) => one.domains ?? [])]) BY_DOMAIN.set(domain, code);
  for (const end of [...exchangers, ...same.flatMap((one) => one.exchangers ?? [])])
    BY_EXCHANGER.set(end, code);
}

/** By the domain alone; null where only its mail exchangers can tell. */
export function providerOfHost(host: string): RecipientProvider | null {
  return BY_DOMAIN.get(host) ?? null;
}

/** By its first mail exchanger, which takes the mail as long as it works. */
export function providerOfExchanger(exchanger: string): RecipientProvider | null {
  const labels = exchanger.toLowerCase().replace(/\.$/, "").split(".");
  for (let n = 0; n < labels.length - 1; n++) {
    const found = BY_EXCHANGER.get(labels.slice(n).join("."));
    if (found) return found;
  }
  return null;
}

export function isRecipientProvider(code: string | null): code is RecipientProvider {
  return code !== null && Object.hasOwn(RECIPIENT_PROVIDERS, code);
}

/** What a sent email is counted by beside its domain: its provider, or a free-mail domain that stands for one. */
export function providerToKeep(email: string | null, known: RecipientProvider | null): string | null {
  const host = hostOfEmail(email);
  if (host === null) return null;
  return known ?? providerOfHost(host) ?? (isFreeMail(email) ? host : null);
}
