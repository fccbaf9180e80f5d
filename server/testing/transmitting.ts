// A door to mail that is quick to give up, a mailbox and a mail, for tests that talk to peers of their own.

import { type MailService, openMail } from "../mail/door.ts";
import type { PhaseLimits } from "../mail/phases.ts";
import type { PreparedMail } from "../mail/prepared-mail.ts";
import type { OpenedMailbox } from "../mail/sender.ts";
import { LOOPBACK } from "./loopback.ts";
import { openScripted, type Script } from "./scripted-peer.ts";

/** Each phase. */
export function limitsOf(ms: number): PhaseLimits {
  return { connect: ms, tls: ms, login: ms, mail: ms, rcpt: ms, data: ms, body: ms, dot: ms };
}

/** With less, a busy machine cuts off servers that have answered. */
const QUICK = limitsOf(3_000);

export const MAIL: PreparedMail = {
  envelope: { from: "ines@norrland.example", to: "ola@kund.example" },
  messageId: "<a1b2@norrland.example>",
  raw: Buffer.from("Subject: Hello\r\n\r\n.one dot\r\n..two dots\r\n.\r\nlast\r\n"),
};

export const PASSWORD = "planted-password";

export const go = async () => true;

/** Everything a test opens, closed by one call. */
export class Closing {
  readonly #open: { close(): Promise<void> }[] = [];

  async peer(script: Script = {}) {
    const peer = await openScripted(script);
    this.#open.push(peer);
    return peer;
  }

  door(limits: Partial<PhaseLimits> = {}, pool = {}): MailService {
    const mail = openMail(
      { mailAllow: LOOPBACK, allowPlaintextMail: false },
      [{ host: "/nowhere", port: 9 }],
      { phaseLimits: { ...QUICK, ...limits }, poolLimits: pool },
    );
    this.#open.push(mail);
    return mail;
  }

  async close() {
    for (const open of this.#open.splice(0).reverse()) await open.close();
  }
}

export function mailbox(
  peer: { port: number },
  security: OpenedMailbox["server"]["security"] = "none",
  login: OpenedMailbox["server"]["login"] = { kind: "password", username: "ines", password: PASSWORD },
): OpenedMailbox {
  const server = { host: "localhost", port: peer.port, security, login };
  return { id: `mailbox-${peer.port}`, email: "ines@norrland.example", server };
}
