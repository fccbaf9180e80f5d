// A name server on loopback that knows what a test tells it: TXT, MX, SRV and A records by name. Whatever it was not told does not exist;
// what it was told to be silent about it does not answer.

import { createSocket, type RemoteInfo } from "node:dgram";

type NameServer = {
  /** For the configuration. */
  address: string;
  texts: Map<string, readonly string[] | "refused">;
  /** The domain's mail servers, first choice first; an empty name says that the domain takes no mail. */
  mail: Map<string, readonly string[] | "refused">;
  /** Each service's server and port. */
  services: Map<string, readonly { host: string; port: number }[] | "refused">;
  addresses: Map<string, string>;
  /** How long it takes to answer. */
  delayMs: number;
  asked: string[];
  close(): Promise<void>;
};

const A = 1;
const MX = 15;
const TXT = 16;
const SRV = 33;
const NO_SUCH_NAME = 3;
const REFUSED = 5;

export async function openNameServer(): Promise<NameServer> {
  const socket = createSocket("udp4");
  const texts: NameServer["texts"] = new Map();
  const mail: NameServer["mail"] = new Map();
  const services: NameServer["services"] = new Map();
  const addresses: NameServer["addresses"] = new Map();
  const asked: string[] = [];
  socket.on("message", (question, from) => answer(question, from));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));

  function answer(question: Buffer, from: RemoteInfo) {
    const { name, end } = readName(question);
    asked.push(name);
    const host = name.toLowerCase();
    const type = question.readUInt16BE(end - 4);
    const isKnown = [texts, mail, services, addresses].some((records) => records.has(host));
    const known = recordsFor(host, type);
    const records = known === "refused" ? [] : known;
    const code = known === "refused" ? REFUSED : isKnown ? 0 : NO_SUCH_NAME;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code, 2); // an answer, with recursion
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    const bytes = [head, question.subarray(12, end), ...records];
    const send = () => socket.send(Buffer.concat(bytes), from.port, from.address);
    if (server.delayMs > 0) setTimeout(send, server.delayMs);
    else send();
  }

  function recordsFor(host: string, type: number): Buffer[] | "refused" {
    if (type === TXT) {
      const found = texts.get(host) ?? [];
      return found === "refused" ? found : found.map(textRecord);
    }
    if (type === MX) {
      const found = mail.get(host) ?? [];
      return found === "refused" ? found : found.map((name, n) => mailRecord(name, n));
    }
    if (type === SRV) {
      const found = services.get(host) ?? [];
      return found === "refused" ? found : found.map(serviceRecord);
    }
    const address = type === A ? addresses.get(host) : undefined;
    return address ? [record(A, Buffer.from(address.split(".").map(Number)))] : [];
  }

  const server: NameServer = {
    address: `127.0.0.1:${socket.address().port}`,
    texts,
    mail,
    services,
    addresses,
    delayMs: 0,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  return server;
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
function textRecord(text: string) {
  const pieces = text.match(/.{1,255}/gs) ?? [""];
  const data = Buffer.concat(
    pieces.map((piece) => Buffer.from([piece.length, ...Buffer.from(piece, "latin1")])),
  );
  return record(TXT, data);
}

function mailRecord(host: string, priority: number) {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(priority, 0);
  return record(MX, Buffer.concat([head, ...labelled(host)]));
}

function serviceRecord({ host, port }: { host: string; port: number }) {
  const head = Buffer.alloc(6); // priority and weight: none
  head.writeUInt16BE(port, 4);
  return record(SRV, Buffer.concat([head, ...labelled(host)]));
}

function labelled(host: string) {
  const labels = host.split(".").filter((label) => label !== "");
  const name = labels.map((label) => Buffer.from([label.length, ...Buffer.from(label, "latin1")]));
  return [...name, Buffer.from([0])];
}

function record(type: number, data: Buffer) {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
