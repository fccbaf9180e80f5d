// Requests on plain sockets. A load generator that takes every header apart spends more on an answer than the servers it
// asks, and then measures itself: this one looks for the status, the length and the end.

import { once } from "node:events";
import { connect, type Socket } from "node:net";

const CONNECTIONS = 32;
const HEAD_ENDS = "\r\n\r\n";

/** Requests a second over keep-alive connections; any answer but 200 spoils the measurement. With a body it is posted. */
export async function requestsPerSecond(
  url: string,
  headers: Record<string, string>,
  seconds = 4,
  { connections = CONNECTIONS, body = "" } = {},
) {
  const { host, hostname, port, pathname, search } = new URL(url);
  const about =
    body === "" ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const lines = Object.entries({ host, connection: "keep-alive", ...about, ...headers }).map((pair) =>
    pair.join(": "),
  );
  const method = body === "" ? "GET" : "POST";
  const request = Buffer.from(
    [`${method} ${pathname}${search} HTTP/1.1`, ...lines, `\r\n${body}`].join("\r\n"),
  );
  const sockets = Array.from({ length: connections }, () =>
    connect({ host: hostname, port: Number(port), noDelay: true }),
  );
  try {
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    const startedAt = performance.now();
    const counts = await Promise.all(
      sockets.map((socket) => askUntil(startedAt + seconds * 1000, socket, request)),
    );
    return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - startedAt) / 1000);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** One after the other, each as soon as the one before is answered; how many were. */
function askUntil(end: number, socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    let missing = 0; // of the answer that is coming in
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`a connection ended after ${count} answers`)));
    socket.on("data", (piece: Buffer) => {
      missing = (missing || lengthOf(piece)) - piece.length;
      if (missing > 0) return;
      if (missing < 0) return void reject(new Error("more came than was asked for"));
      count++;
      if (performance.now() < end) socket.write(request);
      else resolve(count);
    });
    socket.write(request);
  });
}

/** Of a whole answer, by what its head says; the heads of ours and of the bare server come in one piece. */
function lengthOf(piece: Buffer) {
  const end = piece.indexOf(HEAD_ENDS);
  const head = piece.toString("latin1", 0, end);
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (end < 0 || !head.startsWith("HTTP/1.1 200 ") || length === undefined)
    throw new Error(`not an answer that can be counted: ${piece.toString("latin1", 0, 200)}`);
  return end + HEAD_ENDS.length + Number(length);
}
