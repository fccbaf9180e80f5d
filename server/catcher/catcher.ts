// The catcher: an SMTP and an IMAP server in our own process, on loopback, which mailboxes of type `catcher` send to
// and read from. It opens only where a mailbox needs it. Every process that needs one has its own, over the same
// rows.

import { randomBytes, timingSafeEqual } from "node:crypto";
import type { ImapServer } from "../mail/imap-connection.ts";
import type { SmtpServer } from "../mail/sender.ts";
import { openImapServer } from "./imap-server.ts";
import type { MailStore } from "./mail-store.ts";
import { type CatcherMailbox, openSmtpServer, type RefuseMail, type StoreMail } from "./smtp-server.ts";

/** Where caught mail is kept, given by code that knows the database. */
export type Keeper = {
  keep: StoreMail;
  refuse: RefuseMail;
  storeOf(mailbox: CatcherMailbox): Omit<MailStore, "onNew">;
};

export type Catcher = {
  /** Opens it, where that is wanted and it is not open yet. */
  open(): Promise<boolean>;
  isOpen(): boolean;
  /** Where a mailbox sends to and reads from; null while the catcher does not run. */
  serversOf(teamId: string, mailboxId: string): { smtp: SmtpServer; imap: ImapServer } | null;
  /** Something came into a folder: clients that idle there are notified. */
  tell(mailboxId: string, folder: string): void;
  close(): Promise<void>;
};

type Options = {
  isWanted(): Promise<boolean>;
  keeper: Keeper;
  /** Told of the ports, before anybody may connect. */
  allow(host: string, port: number): void;
};

const HOST = "127.0.0.1";
const LOOK_EVERY_MS = 2_000; // for what another process has put there

export function makeCatcher({ isWanted, keeper, allow }: Options): Catcher {
  const secret = randomBytes(24).toString("base64url");
  const listeners = new Listeners();
  let running: { smtpPort: number; imapPort: number; close(): Promise<void> } | null = null;
  let opening: Promise<boolean> | null = null;
  let isClosed = false;

  const start = async () => {
    if (isClosed || !(await isWanted())) return false;
    const mailboxOf = loginWith(secret);
    const smtp = await openSmtpServer(mailboxOf, keeper.keep, keeper.refuse);
    const imap = await openImapServer({
      login: async (username, password) => {
        const mailbox = mailboxOf(username, password);
        return (
          mailbox && { ...keeper.storeOf(mailbox), onNew: (told) => listeners.add(mailbox.mailboxId, told) }
        );
      },
    });
    const close = async () => {
      await Promise.all([smtp.close(), imap.close()]);
    };
    if (isClosed) return close().then(() => false);
    for (const { port } of [smtp, imap]) allow(HOST, port);
    running = { smtpPort: smtp.port, imapPort: imap.port, close };
    return true;
  };

  return {
    open() {
      if (running) return Promise.resolve(true);
      opening ??= start().finally(() => {
        opening = null;
      });
      return opening;
    },
    isOpen: () => running !== null,
    serversOf(teamId, mailboxId) {
      if (!running) return null;
      const login = { kind: "password", username: `${teamId}.${mailboxId}`, password: secret } as const;
      const server = { host: HOST, security: "none", login } as const;
      return { smtp: { ...server, port: running.smtpPort }, imap: { ...server, port: running.imapPort } };
    },
    tell: (mailboxId, folder) => listeners.tell(mailboxId, folder),
    async close() {
      isClosed = true;
      await opening;
      await running?.close();
      running = null;
    },
  };
}

type Told = (folder: string) => void;

/** Who waits for mail in which mailbox. */
class Listeners {
  readonly #told = new Map<string, Set<Told>>();

  add(mailboxId: string, told: Told) {
    const all = this.#told.getOrInsertComputed(mailboxId, () => new Set());
    all.add(told);
    const look = setInterval(() => told("INBOX"), LOOK_EVERY_MS);
    look.unref();
    return () => {
      clearInterval(look);
      all.delete(told);
      if (all.size === 0) this.#told.delete(mailboxId);
    };
  }

  tell(mailboxId: string, folder: string) {
    for (const told of this.#told.get(mailboxId) ?? []) told(folder);
  }
}

function loginWith(secret: string) {
  return (username: string, password: string): CatcherMailbox | null => {
    const [, teamId, mailboxId] = /^([0-9a-f]{24})\.([0-9a-f]{24})$/.exec(username) ?? [];
    if (!teamId || !mailboxId || !isSame(password, secret)) return null;
    return { teamId, mailboxId };
  };
}

function isSame(given: string, secret: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
