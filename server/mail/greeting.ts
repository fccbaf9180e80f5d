// Whether a mail server answers at a guessed host and port. Cadenza sends it nothing but what TLS needs.

import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Server } from "./mail-server.ts";

const GREETS = { smtp: /^220[ -]/, imap: /^\* (?:OK|PREAUTH)\b/i } as const;
const LONGEST = 4_096;

type Place = { side: keyof typeof GREETS; server: Server; ip: string; timeoutMs: number };

/** With TLS from the beginning, its certificate has to be for the name. */
export function greets({ side, server, ip, timeoutMs }: Place): Promise<boolean> {
  const { port, host, security } = server;
  const socket: Socket =
    security === "tls"
      ? connectTls({
          host: ip,
          port,
          minVersion: "TLSv1.2",
          ...(isIP(host) === 0 && { servername: host }),
        })
      : connect({ host: ip, port });
  const told = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => told.resolve(false), timeoutMs);
  let said = "";
  socket.on("error", () => told.resolve(false));
  socket.on("close", () => told.resolve(false));
  socket.on("data", (bytes: Buffer) => {
    said += bytes.toString("latin1");
    if (said.includes("\n") || said.length > LONGEST) told.resolve(GREETS[side].test(said));
  });
  return told.promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
