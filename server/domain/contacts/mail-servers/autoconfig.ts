// Settings in Mozilla's format (config-v1.1.xml), which most hosters publish for mail programs.

import { childOf, childrenOf, wordsIn, type XmlElement } from "../../basics/xml-element.ts";
import { type MailServers, usable } from "./mail-servers.ts";

const SECURITY: Readonly<Record<string, "tls" | "starttls">> = { SSL: "tls", STARTTLS: "starttls" };

/** The first of each kind that can be used: the provider names the best one first. */
export function readAutoconfig(file: XmlElement, email: string): MailServers | null {
  const provider = childOf(file, "emailprovider");
  const first = (tag: string, type: string) =>
    childrenOf(provider, tag)
      .filter((server) => server.attributes.type?.toLowerCase() === type)
      .flatMap((server) => usable(told(server), email) ?? [])[0];
  const smtp = first("outgoingserver", "smtp");
  return smtp ? { smtp, imap: first("incomingserver", "imap") ?? null } : null;
}

function told(server: XmlElement) {
  return {
    host: wordsIn(server, "hostname") ?? "",
    port: Number(wordsIn(server, "port")),
    security: SECURITY[wordsIn(server, "sockettype")?.toUpperCase() ?? ""] ?? null,
    username: wordsIn(server, "username"),
  };
}
