// For tests of placement: a mail server that brings each email into a folder of its recipient's mailbox, as providers do, and the
// mailboxes there that are read by IMAP.

import type { SMTPServerDataStream } from "smtp-server";
import { type ImapMailbox, MemoryMail, openImapMailbox } from "./imap-mailbox.ts";
import { LOGIN, openSmtp, type Peer } from "./post-office.ts";
import type { Team } from "./world.ts";

type Box = ImapMailbox & { folder: string; results: string };

export type Provider = {
  smtp: Peer;
  boxes: Map<string, Box>;
  /** Message-IDs in the order they came. */
  came: string[];
  close(): Promise<void>;
};

const FOLDERS = { INBOX: null, Sent: "\\Sent", Junk: "\\Junk", Archive: "\\Archive", Newsletters: null };

export async function openProvider(): Promise<Provider> {
  const boxes = new Map<string, Box>();
  const came: string[] = [];
  const smtp = await openSmtp({
    secure: false,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onData(stream, { envelope }, done) {
      const taking = whole(stream).then((raw) => {
        came.push(/^message-id: (.+)$/im.exec(raw.toString("latin1"))?.[1] ?? "");
        const box = boxes.get(envelope.rcptTo[0]?.address.toLowerCase() ?? "");
        const stamped = Buffer.concat([Buffer.from(`Authentication-Results: ${box?.results}\r\n`), raw]);
        if (box && box.folder !== "") box.mail.deliver(stamped, { folder: box.folder });
        done();
      });
      taking.catch(() => {}); // the sender was killed in the middle
    },
  });
  return {
    smtp,
    boxes,
    came,
    async close() {
      await smtp.close();
      for (const box of boxes.values()) await box.close();
    },
  };
}

async function whole(stream: SMTPServerDataStream) {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const PASSES = "mx.seed.example; spf=pass smtp.mailfrom=x; dkim=pass header.d=x; dmarc=pass header.from=x";

type SeedWish = { folder?: string; results?: string; password?: string };

/** A seed mailbox that is only read. `folder` empty: what comes is lost. */
export async function newSeed(
  team: Pick<Team, "api">,
  provider: Provider,
  email: string,
  wish: SeedWish = {},
) {
  const { folder = "INBOX", results = PASSES, password = LOGIN.password } = wish;
  const box = await openImapMailbox({ mail: new MemoryMail(FOLDERS) });
  provider.boxes.set(email, { ...box, folder, results });
  const imap = { host: "localhost", port: box.port, security: "none" as const };
  const made = await team.api.emailAccounts.create({
    email,
    seed: true,
    test: false,
    imap: { ...imap, username: LOGIN.username, password },
  });
  return made.email_account;
}

export const smtpOf = ({ smtp }: Provider) => ({
  host: "127.0.0.1",
  port: smtp.port,
  security: "none" as const,
  username: LOGIN.username,
  password: LOGIN.password,
});
