// An IMAP4rev1 server over a store of mails: as much of it as mail programs and imapflow use.
//
// Ours, because there is no fit package: those there are were not touched for years or bring a database along.

import { type AddressInfo, createServer, type Socket } from "node:net";
import tls from "node:tls";
import { ImapSession, type LoginCheck, type Temper } from "./imap-session.ts";

type ImapOptions = {
  /** Whose mails a client sees; null refuses it. */
  login: LoginCheck;
  host?: string;
  port?: number;
  /** From the first byte; without it nothing is encrypted. */
  tls?: { key: string; cert: string } | null;
};

export type ImapServer = {
  port: number;
  temper: Temper;
  connections(): number;
  /** Hangs up on everybody. */
  dropAll(): void;
  close(): Promise<void>;
};

export async function openImapServer(options: ImapOptions): Promise<ImapServer> {
  const temper: Temper = { cutFetchAfter: null, idle: "decent" };
  const open = new Map<Socket, ImapSession>();
  const welcome = (socket: Socket) => {
    socket.setNoDelay(true);
    socket.on("error", () => {}); // a client that hangs up in the middle is no error of ours
    socket.on("close", () => open.delete(socket));
    open.set(socket, new ImapSession(socket, options.login, temper));
  };
  const server = options.tls ? tls.createServer(options.tls, welcome) : createServer(welcome);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const dropAll = () => {
    for (const socket of open.keys()) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    temper,
    connections: () => open.size,
    dropAll,
    close: () =>
      new Promise((resolve) => {
        for (const session of open.values()) session.close();
        setTimeout(dropAll, 100).unref();
        server.close(() => resolve());
      }),
  };
}
