// A server that says nothing any more: frozen, or cut off from the network. Its connections stay open for minutes or for good, and
// what waits on them waits along. So where a question stays without an answer, the servers are asked which one takes writes, and
// connections to any other end.

import type { Socket } from "node:net";
import { DialedStream, type Server } from "./dialing.ts";

const LOOK_EVERY_MS = 2_000;
const SILENT_MS = 3_000;

/** `choose` finds the server that takes writes. Answers what opens a stream to it that is watched. */
export function watchSilence(choose: () => Promise<Server>) {
  const open = new Map<DialedStream, Server>();
  let isLooking = false;
  let timer: NodeJS.Timeout | null = null;

  async function look() {
    if (isLooking || ![...open.keys()].some((stream) => stream.unansweredMs() >= SILENT_MS)) return;
    isLooking = true;
    const writable = await choose().catch(() => null); // none yet, or the same one is slow
    isLooking = false;
    if (writable) endOthers(writable);
  }

  function endOthers({ host, port }: Server) {
    for (const [stream, server] of open)
      if (server.host !== host || server.port !== port)
        stream.destroy(new Error("Connection terminated, because another server takes writes now"));
  }

  function note(stream: DialedStream, server: Server) {
    if (stream.destroyed) return; // it was given up meanwhile
    open.set(stream, server);
    stream.once("close", () => {
      open.delete(stream);
      if (open.size > 0 || !timer) return;
      clearInterval(timer);
      timer = null;
    });
    timer ??= setInterval(() => void look(), LOOK_EVERY_MS).unref();
  }

  return (connect: (server: Server, signal: AbortSignal) => Promise<Socket>) => {
    const stream: DialedStream = new DialedStream(async (signal) => {
      const server = await choose();
      const socket = await connect(server, signal);
      note(stream, server);
      return socket;
    });
    return stream;
  };
}
