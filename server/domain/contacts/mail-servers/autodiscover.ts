// Settings in the format of Exchange's Autodiscover (plain old XML), which hosters publish for Outlook.

import { childOf, childrenOf, wordsIn, type XmlElement } from "../../basics/xml-element.ts";
import { type MailServers, usable } from "./mail-servers.ts";

const OUTLOOK_SCHEMA = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

type Autodiscovered =
  | { kind: "servers"; servers: MailServers }
  | { kind: "elsewhere"; url: string }
  | { kind: "nothing" };

export function autodiscoverQuestion(email: string) {
  const address = email.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>' +
    `<EMailAddress>${address}</EMailAddress>` +
    `<AcceptableResponseSchema>${OUTLOOK_SCHEMA}</AcceptableResponseSchema></Request></Autodiscover>`
  );
}

export function readAutodiscover(file: XmlElement, email: string): Autodiscovered {
  const account = childOf(file, "response", "account");
  const url = wordsIn(account, "redirecturl");
  if (url) return { kind: "elsewhere", url };
  const protocols = childrenOf(account, "protocol");
  const first = (type: string, tlsPort: number) =>
    protocols
      .filter((protocol) => (protocol.attributes.type ?? wordsIn(protocol, "type"))?.toUpperCase() === type)
      .flatMap((protocol) => usable(told(protocol, tlsPort), email) ?? [])[0];
  const smtp = first("SMTP", 465);
  if (!smtp) return { kind: "nothing" };
  return { kind: "servers", servers: { smtp, imap: first("IMAP", 993) ?? null } };
}

/** "Encryption" says more than "SSL", which is on unless it is said to be off; Outlook calls STARTTLS "TLS". */
function told(protocol: XmlElement, tlsPort: number) {
  const port = Number(wordsIn(protocol, "port"));
  const encryption = wordsIn(protocol, "encryption")?.toUpperCase();
  const isOff = encryption ? encryption === "NONE" : wordsIn(protocol, "ssl")?.toLowerCase() === "off";
  const isTls = port === tlsPort || encryption === "SSL";
  return {
    host: wordsIn(protocol, "server") ?? "",
    port,
    security: isOff ? null : isTls ? ("tls" as const) : ("starttls" as const),
    username: wordsIn(protocol, "loginname"),
  };
}
