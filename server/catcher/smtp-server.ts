// The catcher's SMTP side: takes what is sent through it and hands it on to be kept. Nothing leaves from here.

import type { AddressInfo } from "node:net";
import type { SMTPServer as Server, SMTPServerDataStream, SMTPServerSession } from "smtp-server";

export type Envelope = { from: string; to: readonly string[] };

/** Whose mailbox a client signed in for; null refuses it. */
type SmtpLogin = (username: string, password: string) => CatcherMailbox | null;
export type CatcherMailbox = { teamId: string; mailboxId: string };

/** What a mail server of that name says at a command in place of "yes"; null: nothing. */
export type RefuseMail = (
  mailbox: CatcherMailbox,
  moment: { at: "mail" | "rcpt" | "data"; to: readonly string[] },
) => Promise<string | null>;

export type StoreMail = (mailbox: CatcherMailbox, envelope: Envelope, raw: Buffer) => Promise<void>;

const LARGEST = 26 * 1024 * 1024;

export async function openSmtpServer(
  login: SmtpLogin,
  keep: StoreMail,
  refuse: RefuseMail = async () => null,
) {
  const { SMTPServer } = await import("smtp-server"); // only where the catcher runs
  const mailboxes = new Map<string, CatcherMailbox>(); // by what a session calls its user
  const saying = async (session: SMTPServerSession, at: "mail" | "rcpt" | "data", to: readonly string[]) => {
    const mailbox = mailboxes.get(String(session.user));
    const reply = mailbox ? await refuse(mailbox, { at, to }) : null;
    if (reply !== null) throw refusal(Number(reply.slice(0, 3)), reply.slice(4));
  };
  const server: Server = new SMTPServer({
    banner: "Cadenza test mail server: emails stay in the test inbox",
    name: "catcher.localhost",
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    closeTimeout: 500,
    size: LARGEST,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const mailbox = login(username ?? "", password ?? "");
      if (!mailbox) return done(new Error("5.7.8 no such login"));
      mailboxes.set(String(username), mailbox);
      done(null, { user: String(username) });
    },
    onMailFrom(_address, session, done) {
      saying(session, "mail", []).then(() => done(), done);
    },
    onRcptTo({ address }, session, done) {
      saying(session, "rcpt", [address]).then(() => done(), done);
    },
    onData(stream, session, done) {
      const mailbox = mailboxes.get(String(session.user));
      take(stream)
        .then(async (raw) => {
          await saying(session, "data", envelopeOf(session).to);
          if (!mailbox) throw refusal(530, "5.7.0 sign in first");
          if (raw === null) throw refusal(552, "5.3.4 that is too large");
          return keep(mailbox, envelopeOf(session), raw);
        })
        .then(
          () => done(null, "2.0.0 caught"),
          (error) => done(error.responseCode ? error : refusal(451, "4.3.0 could not be kept")),
        );
    },
  });
  server.on("error", () => {}); // a client that hangs up in the middle is no error of ours
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Null where it is more than we take. */
async function take(stream: SMTPServerDataStream) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  return stream.sizeExceeded ? null : Buffer.concat(chunks);
}

function envelopeOf({ envelope }: SMTPServerSession): Envelope {
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
  return { from, to: envelope.rcptTo.map(({ address }) => address) };
}

function refusal(responseCode: number, message: string) {
  return Object.assign(new Error(message), { responseCode });
}
