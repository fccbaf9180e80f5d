// The ways to ask where an address has its mailbox. Each answers what it found and where it looked, and none fails.

import type { App } from "../../../app.ts";
import type { XmlElement } from "../../../domain/basics/xml-element.ts";
import { readAutoconfig } from "../../../domain/contacts/mail-servers/autoconfig.ts";
import {
  autodiscoverQuestion,
  readAutodiscover,
} from "../../../domain/contacts/mail-servers/autodiscover.ts";
import type { Look } from "../../../domain/contacts/mail-servers/found-servers.ts";
import type { MailServers } from "../../../domain/contacts/mail-servers/mail-servers.ts";
import {
  MAIL_SERVICES,
  readServiceRecords,
  type ServiceRecord,
} from "../../../domain/contacts/mail-servers/service-records.ts";
import type { Security } from "../../../domain/contacts/mailbox-connection.ts";
import { readXml } from "../../../kernel/xml.ts";

export type Doors = Pick<App, "dns" | "mail" | "outgoing">;

type Answer = { look: Look[]; servers: MailServers | null };

/** Where each kind of server is asked. */
export type Ports = { https: number; smtp: { tls: number; starttls: number }; imap: { tls: number } };
export const USUAL_PORTS: Ports = { https: 443, smtp: { tls: 465, starttls: 587 }, imap: { tls: 993 } };

const LONGEST_MS = 5_000;
/** All ways together, with those that an answer sends us to. */
const WHOLE_MS = 15_000;
const MOST_REDIRECTS = 3;

export class Asking {
  readonly #doors: Doors;
  readonly #email: string;
  readonly #ports: Ports;
  readonly #overAt = performance.now() + WHOLE_MS;

  constructor(doors: Doors, email: string, ports: Ports) {
    this.#doors = doors;
    this.#email = email;
    this.#ports = ports;
  }

  async exchangers(domain: string): Promise<{ look: Look; hosts: readonly string[] }> {
    const answer = await this.#doors.dns.mailServersOf(domain);
    const look = { by: "mail_exchangers" as const, place: domain };
    if (answer.kind === "found") return { look: { ...look, told: "nothing" }, hosts: answer.hosts };
    return { look: { ...look, told: answer.kind === "failed" ? "no_answer" : "nothing" }, hosts: [] };
  }

  /** Mozilla's places: at a name of its own, and at the domain. */
  autoconfig(domain: string) {
    const asked = `?emailaddress=${encodeURIComponent(this.#email)}`;
    return this.#firstOf([
      `autoconfig.${domain}/mail/config-v1.1.xml${asked}`,
      `${domain}/.well-known/autoconfig/mail/config-v1.1.xml${asked}`,
    ]);
  }

  /** Of the provider that takes the domain's mail. */
  async ofHoster(hoster: string | null): Promise<Answer> {
    return hoster === null ? { look: [], servers: null } : this.autoconfig(hoster);
  }

  async services(domain: string): Promise<Answer> {
    const names = [...MAIL_SERVICES.smtp, ...MAIL_SERVICES.imap].map(({ name }) => name);
    const answers = await Promise.all(
      names.map(async (name) => ({ name, answer: await this.#doors.dns.servicesOf(`${name}.${domain}`) })),
    );
    const records = new Map<string, readonly ServiceRecord[]>();
    for (const { name, answer } of answers) if (answer.kind === "found") records.set(name, answer.records);
    const servers = readServiceRecords(records, this.#email);
    const isSilent = answers.every(({ answer }) => answer.kind === "failed");
    const told = servers ? "found" : isSilent ? "no_answer" : records.size > 0 ? "unusable" : "nothing";
    return { look: [{ by: "service_records", place: domain, told }], servers };
  }

  async autodiscover(domain: string): Promise<Answer> {
    const path = "/autodiscover/autodiscover.xml";
    const asked = [`autodiscover.${domain}${path}`, `${domain}${path}`].map((place) =>
      this.#discover(this.#url(place), MOST_REDIRECTS),
    );
    return firstFound(await Promise.all(asked));
  }

  /** Names that many domains have: both sides have to answer. */
  async usualNames(domain: string): Promise<Answer> {
    const { smtp, imap } = this.#ports;
    const [sending, reading] = await Promise.all([
      this.#firstGreeting("smtp", [
        server(`smtp.${domain}`, smtp.tls, "tls"),
        server(`mail.${domain}`, smtp.tls, "tls"),
        server(`smtp.${domain}`, smtp.starttls, "starttls"),
        server(`mail.${domain}`, smtp.starttls, "starttls"),
      ]),
      this.#firstGreeting("imap", [
        server(`imap.${domain}`, imap.tls, "tls"),
        server(`mail.${domain}`, imap.tls, "tls"),
      ]),
    ]);
    const place = `smtp.${domain}, imap.${domain}, mail.${domain}`;
    if (!sending || !reading) return { look: [{ by: "names", place, told: "nothing" }], servers: null };
    const servers = { smtp: { ...sending, username: null }, imap: { ...reading, username: null } };
    return { look: [{ by: "names", place, told: "found" }], servers };
  }

  async #firstGreeting(side: "smtp" | "imap", servers: readonly ReturnType<typeof server>[]) {
    const answers = await Promise.all(servers.map((one) => this.#doors.mail.greets(side, one)));
    return servers.find((_, n) => answers[n]) ?? null;
  }

  async #firstOf(places: readonly string[]): Promise<Answer> {
    return firstFound(
      await Promise.all(
        places.map(async (place): Promise<Answer> => {
          const { file, told } = await this.#read("GET", this.#url(place), null, MOST_REDIRECTS);
          const servers = file && readAutoconfig(file, this.#email);
          const outcome = servers ? "found" : file ? "unusable" : told;
          return { look: [{ by: "autoconfig", place: hostIn(place), told: outcome }], servers };
        }),
      ),
    );
  }

  async #discover(url: string, redirects: number): Promise<Answer> {
    const { file, told } = await this.#read("POST", url, autodiscoverQuestion(this.#email), redirects);
    const found = file ? readAutodiscover(file, this.#email) : null;
    if (found?.kind === "elsewhere" && isSecure(found.url) && redirects > 0)
      return this.#discover(found.url, redirects - 1);
    const servers = found?.kind === "servers" ? found.servers : null;
    const outcome = servers ? "found" : file ? "unusable" : told;
    return {
      look: [{ by: "autodiscover", place: URL.parse(url)?.hostname ?? url, told: outcome }],
      servers,
    };
  }

  /** The address is asked about again where an answer says so, by HTTPS alone. */
  async #read(method: "GET" | "POST", url: string, body: string | null, redirects: number): Promise<Read> {
    const leftMs = Math.round(this.#overAt - performance.now());
    if (leftMs <= 0) return { file: null, told: "no_answer" };
    const answer = await this.#doors.outgoing.fetch({
      method,
      url,
      headers: body === null ? { accept: "application/xml, text/xml" } : { "content-type": "text/xml" },
      body,
      longestMs: Math.min(LONGEST_MS, leftMs),
      answer: "words",
    });
    if (answer.kind === "failed") return { file: null, told: "no_answer" };
    const next = answer.location && URL.parse(answer.location, url)?.href;
    if (answer.status >= 300 && answer.status < 400 && next && isSecure(next) && redirects > 0)
      return this.#read(method, next, body, redirects - 1);
    if (answer.status !== 200) return { file: null, told: "nothing" };
    const file = readXml(answer.body);
    return { file, told: file ? "found" : "unusable" };
  }

  #url(place: string) {
    const { https } = this.#ports;
    return https === 443 ? `https://${place}` : `https://${place.replace("/", `:${https}/`)}`;
  }
}

type Read = { file: XmlElement | null; told: Look["told"] };

function firstFound(answers: readonly Answer[]): Answer {
  const servers = answers.find((one) => one.servers)?.servers ?? null;
  return { look: answers.flatMap(({ look }) => look), servers };
}

function server(host: string, port: number, security: Exclude<Security, "none">) {
  return { host, port, security };
}

function hostIn(place: string) {
  return place.slice(0, place.indexOf("/"));
}

function isSecure(url: string) {
  return url.startsWith("https://");
}
