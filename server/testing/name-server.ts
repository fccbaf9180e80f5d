// A name server on loopback that knows what a test tells it: TXT records by name. Whatever it was not told does not exist;
// what it was told to be silent about it does not answer.

import { createSocket, type RemoteInfo } from "node:dgram";

export type NameServer = {
  /** For the configuration. */
  address: string;
  texts: Map<string, readonly string[] | "refused">;
  asked: string[];
  close(): Promise<void>;
};

const TXT = 16;
const NO_SUCH_NAME = 3;
const REFUSED = 5;

export async function openNameServer(): Promise<NameServer> {
  const socket = createSocket("udp4");
  const texts: NameServer["texts"] = new Map();
  const asked: string[] = [];
  socket.on("message", (question, from) => answer(question, from));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));

  function answer(question: Buffer, from: RemoteInfo) {
    const { name, end } = readName(question);
    asked.push(name);
    const known = texts.get(name.toLowerCase());
    const records = Array.isArray(known) ? known : [];
    const code = known === "refused" ? REFUSED : known ? 0 : NO_SUCH_NAME;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code, 2); // an answer, with recursion
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    const bytes = [head, question.subarray(12, end), ...records.map(recordOf)];
    socket.send(Buffer.concat(bytes), from.port, from.address);
  }

  return {
    address: `127.0.0.1:${socket.address().port}`,
    texts,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readName(message: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), end: at + 5 }; // its root, type and class
}

/** In pieces of 255 bytes, as they are sent. */
function recordOf(text: string) {
  const pieces = text.match(/.{1,255}/gs) ?? [""];
  const data = Buffer.concat(
    pieces.map((piece) => Buffer.from([piece.length, ...Buffer.from(piece, "latin1")])),
  );
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
