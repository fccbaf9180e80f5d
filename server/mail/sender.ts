// From a mailbox and a mail to its outcome, over an open connection or a new one.

import { Connections, type Loan, type PoolLimits } from "./connections.ts";
import type { MailLogin, Server } from "./mail-server.ts";
import type { SendOutcome } from "./outcome.ts";
import type { PhaseLimits } from "./phases.ts";
import type { PreparedMail } from "./prepared-mail.ts";
import type { ServerTarget } from "./session.ts";
import { type Hooks, mayGoOn, notStarted, refusalIn, transmitOver } from "./transmit.ts";

/** A mailbox with its secrets in the clear, for as long as it sends. */
export type OpenedMailbox = { id: string; email: string; server: SmtpServer };
export type SmtpServer = Server & { login: MailLogin | null };

export class Sender {
  readonly #connections: Connections;

  constructor(phases: PhaseLimits, pool: PoolLimits) {
    this.#connections = new Connections(phases, pool);
  }

  async transmit(mailbox: OpenedMailbox, mail: PreparedMail, hooks: Hooks, reach: ServerTarget["reach"]) {
    const { email } = mailbox;
    const { login, ...server } = mailbox.server;
    const helloName = email.slice(email.lastIndexOf("@") + 1).replace(/[^A-Za-z0-9.-]/g, "") || "localhost";
    const target = { server, login, helloName, reach, onPhase: hooks.onPhase ?? (() => {}) };
    const loan = await this.#connections.borrow(mailbox.id, target);
    const outcome = await carried(loan, mail, hooks, login);
    if (!loan.isUsed || !isOfAge(outcome)) return outcome;
    return carried(await this.#connections.borrow(mailbox.id, target, true), mail, hooks, login);
  }

  close() {
    return this.#connections.close();
  }
}

async function carried(
  loan: Loan,
  mail: PreparedMail,
  hooks: Hooks,
  login: MailLogin | null,
): Promise<SendOutcome> {
  const { session } = loan;
  let outcome: SendOutcome | null = null;
  try {
    outcome = session.isOpen
      ? await transmitOver(session, mail, hooks, login)
      : (refusalIn(session, login) ?? notStarted(session));
    return outcome;
  } finally {
    loan.giveBack(outcome !== null && mayGoOn(outcome), outcome?.kind === "accepted");
  }
}

/** The server had enough of a connection that carried mails before, and said so at the first word of this one. */
function isOfAge(outcome: SendOutcome) {
  if (outcome.kind === "refused") return outcome.phase === "mail" && outcome.code === 421;
  return outcome.kind === "not_started" && outcome.phase === "mail" && outcome.why === "closed";
}
