// The door to SMTP and IMAP.

import type { Config } from "../config.ts";
import { readAllowList } from "./allowed-addresses.ts";
import { askSystem, type Lookup, type Reach, reach, type Server } from "./reach.ts";
import { type Failure, type Login, testImap, testSmtp } from "./test-connection.ts";

export type Servers = {
  smtp: (Server & { login: Login | null }) | null;
  imap: (Server & { login: Login | null }) | null;
};

export type HostRefusal = "mail_host_refused" | "plaintext_mail_refused";

type Side = "smtp" | "imap";
type Trouble = { connect: "unreachable"; tls: "tls_failed"; login: "auth_failed" };
export type TestCode = `${Side}_${Trouble[keyof Trouble]}`;

export type Mail = {
  /** Whether we would connect to these hosts at all. A name nobody knows (yet) is no reason to refuse. */
  judgeHosts(servers: Servers): Promise<HostRefusal | null>;
  /** Null: both sides let us in. What the first one that does not said, otherwise. */
  test(servers: Servers): Promise<({ code: TestCode } & Failure) | { code: HostRefusal } | null>;
};

const TIMEOUT_MS = 10_000;
const WORD: Trouble = { connect: "unreachable", tls: "tls_failed", login: "auth_failed" };

type Options = { timeoutMs?: number; lookup?: Lookup };

export function openMail(
  config: Pick<Config, "mailAllow" | "allowPlaintextMail">,
  ownDatabase: Reach["ownDatabase"],
  { timeoutMs = TIMEOUT_MS, lookup = askSystem }: Options = {},
): Mail {
  const rules: Reach = {
    isListed: readAllowList(config.mailAllow),
    allowPlaintext: config.allowPlaintextMail,
    ownDatabase,
    lookup,
  };
  const trySide = async (side: Side, server: Servers[Side]) => {
    if (!server) return null;
    const reached = await reach(server, rules);
    if ("refused" in reached) return { code: reached.refused };
    if ("unknown" in reached) return failed(side, { phase: "connect", serverSaid: null });
    const attempt = side === "smtp" ? testSmtp : testImap;
    const failure = await attempt({ server, ip: reached.ip, login: server.login, timeoutMs });
    return failure && failed(side, failure);
  };
  return {
    async judgeHosts({ smtp, imap }) {
      for (const server of [smtp, imap]) {
        const reached = server && (await reach(server, rules));
        if (reached && "refused" in reached) return reached.refused;
      }
      return null;
    },
    async test({ smtp, imap }) {
      const [sending, reading] = await Promise.all([trySide("smtp", smtp), trySide("imap", imap)]);
      return sending ?? reading;
    },
  };
}

function failed(side: Side, failure: Failure) {
  return { code: `${side}_${WORD[failure.phase]}` as const, ...failure };
}
