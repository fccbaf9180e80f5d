// A mail server that keeps the letters it took, whole: for tests that do with a mail what its reader would do.

import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { openForTheFile } from "./for-the-file.ts";
import { until } from "./sending.ts";

export type TestMail = { to: string; raw: string; messageId: string };

type Letters = {
  port: number;
  all: TestMail[];
  /** The letters to an address, once there are so many. */
  to(email: string, count?: number): Promise<TestMail[]>;
};

/** One for all tests of a file. An address with the word `nobody` is refused for good. */
export function useLetters(): Letters {
  return openForTheFile(openLetters);
}

async function openLetters(): Promise<Letters & { close(): Promise<void> }> {
  const all: TestMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? "" }),
    onRcptTo({ address }, _session, done) {
      if (!address.includes("nobody")) return done();
      done(Object.assign(new Error("5.1.1 no such user"), { responseCode: 550 }));
    },
    onData(stream, { envelope }, done) {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const raw = Buffer.concat(pieces).toString();
        const messageId = /^message-id:\s*(<[^>]+>)/im.exec(raw)?.[1] ?? "";
        for (const { address } of envelope.rcptTo) all.push({ to: address, raw, messageId });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    all,
    to: (email, count = 1) =>
      until(async () => {
        const theirs = all.filter(({ to }) => to === email);
        return theirs.length >= count && theirs;
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What a letter holds, unfolded: long lines of quoted-printable are whole again, and headers too. */
export function letterText({ raw }: TestMail) {
  return raw
    .replace(/=\r?\n/g, "")
    .replace(/=3D/g, "=")
    .replace(/\r?\n[ \t]+/g, " ");
}

/** The path of the first address of ours in a letter that is of this kind: `o` a picture, `c` a counted link, `u` the way out. */
export function pathIn(letter: TestMail, kind: "o" | "c" | "u") {
  const path = new RegExp(`https?://[^/\\s"<>]+(/${kind}/[^\\s"<>?]+)`).exec(letterText(letter))?.[1];
  if (!path) throw new Error(`the letter has no /${kind}/: ${letterText(letter)}`);
  return path;
}
