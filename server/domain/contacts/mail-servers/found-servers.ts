// What came of looking for the servers of an address.

import type { MailProviderNote } from "./known-providers.ts";
import type { MailServers } from "./mail-servers.ts";

type FoundBy = "provider" | "mail_exchangers" | "autoconfig" | "service_records" | "autodiscover" | "names";

/** One place that was looked at. `unusable`: it said something, but no server that takes encrypted connections. */
export type Look = { by: FoundBy; place: string; told: "found" | "nothing" | "unusable" | "no_answer" };

export type FoundServers = {
  by: FoundBy | null;
  servers: MailServers | null;
  provider: string | null;
  signsIn: "google" | "microsoft" | null;
  notes: readonly MailProviderNote[];
  /** In the order of their worth. */
  looks: readonly Look[];
};
