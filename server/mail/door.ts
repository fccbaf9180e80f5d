// The door to mail servers: by SMTP and IMAP, and to mailboxes at Microsoft and Google by their APIs.

import { openDatabaseClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { isLoopback } from "../network-policy/addresses.ts";
import { type Lookup, type Reach, type ReachOutcome, reach } from "../network-policy/reach.ts";
import { type ApiAccount, ApiCalls, type ApiOptions } from "./by-api/calls.ts";
import { ApiReading } from "./by-api/reading.ts";
import { transmitByApi } from "./by-api/transmit.ts";
import { POOL_LIMITS, type PoolLimits } from "./connections.ts";
import { GMAIL } from "./gmail/dialect.ts";
import { gmailMailboxes } from "./gmail/mailbox.ts";
import { GRAPH } from "./graph/dialect.ts";
import { graphMailboxes } from "./graph/mailbox.ts";
import { greets } from "./greeting.ts";
import {
  type ImapServer,
  READING_LIMITS,
  type ReadingLimits,
  type ReadingTrouble,
} from "./imap-connection.ts";
import type { KeptLook, KeptMail } from "./kept-mails.ts";
import type { Server } from "./mail-server.ts";
import type { SendOutcome, Why } from "./outcome.ts";
import { PHASE_LIMITS, type PhaseLimits } from "./phases.ts";
import type { PreparedMail } from "./prepared-mail.ts";
import { type ProbeOutcome, type ProbeWish, probe } from "./probe.ts";
import {
  type Failed,
  type OpenInbox,
  type PlacesLook,
  Reading,
  type SentFolderLook,
  type Sought,
} from "./reading.ts";
import { Sender, type SmtpServer } from "./sender.ts";
import type { SentCursor, SoughtMail } from "./sent-mails.ts";
import { ServerClock } from "./server-clock.ts";
import { type Failure, testImap, testSmtp } from "./test-connection.ts";
import type { Hooks } from "./transmit.ts";

/** What a mailbox sends through, and what it is read from. Both may be its account at its provider. */
export type Servers = { smtp: SmtpServer | ApiAccount | null; imap: ImapServer | ApiAccount | null };

type SendingMailbox = { id: string; email: string; server: SmtpServer | ApiAccount };

type HostRefusal = "mail_host_refused" | "plaintext_mail_refused";

type Side = "smtp" | "imap";
type Trouble = { connect: "unreachable"; tls: "tls_failed"; login: "auth_failed" };
type TestCode =
  | `${Side}_${Trouble[keyof Trouble] | "timed_out"}`
  | `${ApiAccount["kind"]}_${"unreachable" | "auth_failed"}`;

export type MailService = {
  /** Whether we would connect to these hosts at all. An unknown name is no reason to refuse; it may exist later. */
  judgeHosts(servers: Servers): Promise<HostRefusal | null>;
  /** Null: both sides let us in. What the first one that does not said, otherwise. */
  test(servers: Servers): Promise<({ code: TestCode } & Failure) | { code: HostRefusal } | null>;
  /** Whether a mail server answers there at all, with a certificate for its name where it speaks TLS from the beginning. */
  greets(side: Side, server: Server): Promise<boolean>;
  /** Sends one mail to one recipient, its dot held back until `hooks.mayRelease` says go. */
  transmit(mailbox: SendingMailbox, mail: PreparedMail, hooks: Hooks): Promise<SendOutcome>;
  /** Signs in to read what is new, and to hear of it. Nothing is marked as read, moved or deleted. */
  openInbox(server: ImapServer | ApiAccount): Promise<OpenInbox | Failed>;
  /** Which of these mails are in the mailbox's folder of sent mail. Not found proves nothing. */
  findSent(server: ImapServer | ApiAccount, mails: readonly SoughtMail[]): Promise<Sought>;
  /** In which folders of the mailbox these emails lie, by their Message-IDs. */
  findPlaced(server: ImapServer | ApiAccount, messageIds: readonly string[]): Promise<PlacesLook>;
  /** An email that was read before, whole, wherever the mailbox keeps it now. */
  readKept(server: ImapServer | ApiAccount, mail: KeptMail): Promise<KeptLook | Failed>;
  /** Of an email that was not sent. Whether it is certain that nothing can send it any more. */
  removeDraft(server: ImapServer | ApiAccount, draftId: string): Promise<boolean>;
  /** What lies new in that folder since it was looked through last: that it went out and when, and nothing of what it says. */
  lookIntoSent(
    server: ImapServer | ApiAccount,
    known: SentCursor | null,
    until: AbortSignal,
  ): Promise<SentFolderLook>;
  /** Asks a domain's mail server whether it would take mail, and sends none. */
  askServer(host: string, wish: ProbeWish): Promise<ProbeOutcome>;
  /** Leaves the servers we are connected to. Whatever is on its way is brought to its end. */
  close(): Promise<void>;
};

const TIMEOUT_MS = 10_000;
const PROBE_LIMITS = { stepMs: 10_000, wholeMs: 60_000 };
const WORD: Trouble = { connect: "unreachable", tls: "tls_failed", login: "auth_failed" };

type Options = {
  timeoutMs?: number;
  lookup?: Lookup;
  phaseLimits?: Partial<PhaseLimits>;
  poolLimits?: Partial<PoolLimits>;
  readingLimits?: Partial<ReadingLimits>;
  probeLimits?: Partial<typeof PROBE_LIMITS>;
  now?: () => Temporal.Instant;
  /** As it is when no test moves it. */
  unmoved?: () => Temporal.Instant;
  /** Without it no mailbox is reached by its provider's API. */
  apis?: ApiOptions;
};

export function openMail(
  config: Pick<Config, "mailAllow" | "allowPlaintextMail"> & Partial<Pick<Config, "probePort" | "sandbox">>,
  ownDatabase: Reach["ownDatabase"],
  {
    timeoutMs = TIMEOUT_MS,
    lookup,
    phaseLimits,
    poolLimits,
    readingLimits,
    probeLimits,
    unmoved = openDatabaseClock().now,
    now = unmoved,
    apis = NO_APIS,
  }: Options = {},
): MailService {
  const onlyListed = Boolean(config.sandbox);
  const rules: Reach = { allowed: config.mailAllow, ownDatabase, onlyListed, ...(lookup && { lookup }) };
  const sender = new Sender({ ...PHASE_LIMITS, ...phaseLimits }, { ...POOL_LIMITS, ...poolLimits });
  const reachFor = async (server: Server): Promise<readonly string[] | (Why & ReadingTrouble)> => {
    const reached = await reach(server, rules);
    const refused = refusalOf(server, reached, config.allowPlaintextMail);
    if (refused) return refused === "mail_host_refused" ? "host_refused" : "plaintext_refused";
    return reached.kind === "found" ? reached.ips : "name_not_found";
  };
  const clock = new ServerClock(now, unmoved);
  const reading = new Reading(reachFor, { ...READING_LIMITS, ...readingLimits }, clock);
  const mailboxesBy = {
    graph: graphMailboxes(new ApiCalls(apis, "graph", GRAPH), clock),
    gmail: gmailMailboxes(new ApiCalls(apis, "gmail", GMAIL), clock),
  };
  const apiReading = new ApiReading(mailboxesBy, clock);
  const trySide = async (side: Side, server: Servers[Side]) => {
    if (!server) return null;
    if (isByApi(server)) {
      if (side === "imap") return null; // one account, tried once
      const trouble = await apiReading.trouble(server);
      if (!trouble) return null;
      const isRefused = trouble.why === "auth_failed";
      const code = `${server.kind}_${isRefused ? "auth_failed" : "unreachable"}` as const;
      return { code, phase: isRefused ? ("login" as const) : ("connect" as const), serverSaid: trouble.said };
    }
    const reached = await reach(server, rules);
    const refused = refusalOf(server, reached, config.allowPlaintextMail);
    if (refused) return { code: refused };
    if (reached.kind !== "found") return failed(side, { phase: "connect", serverSaid: null });
    const attempt = side === "smtp" ? testSmtp : testImap;
    const failure = await attempt({ server, ip: reached.ips[0], login: server.login, timeoutMs });
    return failure && failed(side, failure);
  };
  return {
    async judgeHosts({ smtp, imap }) {
      for (const server of [smtp, imap]) {
        if (server && isByApi(server)) continue; // its API is where the operator says
        const refused = server && refusalOf(server, await reach(server, rules), config.allowPlaintextMail);
        if (refused) return refused;
      }
      return null;
    },
    async test({ smtp, imap }) {
      const [sending, reading] = await Promise.all([trySide("smtp", smtp), trySide("imap", imap)]);
      return sending ?? reading;
    },
    async greets(side, server) {
      const reached = await reach(server, rules);
      return reached.kind === "found" && greets({ side, server, ip: reached.ips[0], timeoutMs });
    },
    transmit({ server, ...mailbox }, mail, hooks) {
      if (isByApi(server)) return transmitByApi(mailboxesBy[server.kind], server, mail, hooks);
      return sender.transmit({ ...mailbox, server }, mail, hooks, () => reachFor(server));
    },
    openInbox: async (server) => (isByApi(server) ? apiReading.openInbox(server) : reading.openInbox(server)),
    findSent: (server, mails) =>
      isByApi(server) ? apiReading.findSent(server, mails) : reading.findSent(server, mails),
    findPlaced: (server, messageIds) =>
      isByApi(server) ? apiReading.findPlaced(server, messageIds) : reading.findPlaced(server, messageIds),
    readKept: (server, mail) =>
      isByApi(server) ? apiReading.readKept(server, mail) : reading.readKept(server, mail),
    removeDraft: async (server, draftId) =>
      isByApi(server) && mailboxesBy[server.kind].removeDraft(server, draftId),
    lookIntoSent: (server, known, until) =>
      isByApi(server) ? apiReading.lookIntoSent(server, known) : reading.lookIntoSent(server, known, until),
    async askServer(host, wish) {
      const port = config.probePort ?? 25;
      const reached = await reach({ host, port }, rules);
      if (reached.kind !== "found") return { kind: "failed", why: "not_reached" };
      return probe({ ip: reached.ips[0], port }, wish, { ...PROBE_LIMITS, ...probeLimits });
    },
    close: () => sender.close(),
  };
}

export function isByApi(server: NonNullable<Servers[Side]>): server is ApiAccount {
  return "kind" in server;
}

const UNREACHED = async () => ({ kind: "failed" as const, error: "not_a_url" as const });
const NO_APIS: ApiOptions = {
  outgoing: { fetch: UNREACHED, fetchBytes: UNREACHED },
  urls: { graph: "", gmail: "" },
  waitAsked: () => null,
};

function refusalOf(
  { security }: Server,
  reached: ReachOutcome,
  allowsPlaintext: boolean,
): HostRefusal | null {
  if (reached.kind === "private") return "mail_host_refused";
  const isReadable = security === "none" && !allowsPlaintext;
  return isReadable && reached.kind === "found" && !reached.ips.every(isLoopback)
    ? "plaintext_mail_refused"
    : null;
}

function failed(side: Side, failure: Failure) {
  const { isLate = false, ...rest } = failure;
  return { code: `${side}_${isLate ? ("timed_out" as const) : WORD[failure.phase]}` as const, ...rest };
}
