import assert from "node:assert/strict";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Lookup } from "../network-policy/reach.ts";
import { allow, LOOPBACK } from "../testing/loopback.ts";
import { CEILINGS, type Ceiling, type Ceilings } from "./ceilings.ts";
import { type Outgoing, openOutgoing } from "./door.ts";

const ownDatabase = [{ host: "/nowhere", port: 9 }];

test("a call is made with its headers and body, and the status is its outcome", async (t) => {
  const seen: string[] = [];
  const port = await http(t, async (request, response) => {
    for await (const chunk of request)
      seen.push(`${request.method} ${request.url} ${request.headers["x-a"]} ${chunk}`);
    response.writeHead(202).end("thanks");
  });
  const outcome = await door(port).post(`http://127.0.0.1:${port}/hook?x=1`, { "x-a": "b" }, "body");
  assert.equal(outcome.kind === "answered" && outcome.status, 202);
  assert.deepEqual(seen, ["POST /hook?x=1 b body"]);
});

test("no redirect is followed", async (t) => {
  let visits = 0;
  const port = await http(t, (_request, response) => {
    visits += 1;
    response.writeHead(307, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
  });
  const outcome = await door(port).post(`http://127.0.0.1:${port}/`, {}, "{}");
  assert.deepEqual([outcome.kind === "answered" && outcome.status, visits], [307, 1]);
});

test("a name that was public when checked and is private at the call is refused", async (t) => {
  let visits = 0;
  const port = await http(t, (_request, response) => void response.end(String(++visits)));
  const answers = ["93.184.216.34", "127.0.0.1"];
  const lookup: Lookup = async () => [answers.shift() ?? "127.0.0.1"];
  const outgoing = openOutgoing({ allowed: [], ownDatabase, lookup });
  assert.equal(await outgoing.check(`http://rebinding.example:${port}/`), null);
  const outcome = await outgoing.post(`http://rebinding.example:${port}/`, {}, "{}");
  assert.equal(outcome.kind === "failed" && outcome.error, "private_address");
  assert.equal(visits, 0);
});

test("the name is asked for once per call, and the connection goes to the checked address", async (t) => {
  const hosts: (string | undefined)[] = [];
  const port = await http(t, (request, response) => {
    hosts.push(request.headers.host);
    response.end();
  });
  let asked = 0;
  const lookup: Lookup = async () => {
    asked += 1;
    return ["127.0.0.1"];
  };
  const outcome = await openOutgoing({ allowed: LOOPBACK, ownDatabase, lookup }).post(
    `http://pinned.example:${port}/`,
    {},
    "{}",
  );
  assert.deepEqual([outcome.kind, asked, hosts], ["answered", 1, [`pinned.example:${port}`]]);
});

test("a name with one public and one private address is refused", async () => {
  const lookup: Lookup = async () => ["93.184.216.34", "10.0.0.1"];
  assert.equal(
    await openOutgoing({ allowed: [], ownDatabase, lookup }).check("https://both.example/"),
    "private_address",
  );
});

const SLOW: Record<string, { talk(socket: Socket): void; outcome: string | number }> = {
  "never answers": { talk: () => {}, outcome: "timed_out" },
  "never ends its headers": {
    talk: (socket) => repeat(socket, "HTTP/1.1 200 OK\r\n", "x-more: x\r\n", 20),
    outcome: "timed_out",
  },
  "sends a hundred thousand headers": {
    talk: (socket) => socket.write(`HTTP/1.1 200 OK\r\n${"x-more: x\r\n".repeat(100_000)}\r\n`),
    outcome: "unreadable_answer",
  },
  "sends one byte at a time": {
    talk: (socket) => repeat(socket, "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", "x", 20),
    outcome: 200,
  },
  "sends without end": {
    talk: (socket) =>
      repeat(socket, "HTTP/1.1 500 No\r\ncontent-length: 10000000000\r\n\r\n", "x".repeat(65_536), 1),
    outcome: 500,
  },
  "speaks no HTTP": {
    talk: (socket) => socket.end("220 mail.example ESMTP\r\n"),
    outcome: "unreadable_answer",
  },
  "hangs up": { talk: (socket) => socket.destroy(), outcome: "connection_failed" },
};

for (const [what, { talk, outcome }] of Object.entries(SLOW)) {
  test(`a receiver that ${what} is cut off in time`, async (t) => {
    const port = await tcp(t, (socket) => socket.once("data", () => talk(socket)));
    const result = await door(port, outcome === "timed_out" ? 400 : 5_000).post(
      `http://127.0.0.1:${port}/`,
      {},
      "{}",
    );
    assert.equal(result.kind === "answered" ? result.status : result.error, outcome);
  });
}

const OK = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
const DRIPS: Record<string, [head: string, part: string]> = {
  "its status": ["H", "T"],
  "its headers": ["HTTP/1.1 200 OK\r\n", "x"],
  "words that go before an answer": ["", "HTTP/1.1 103 Early Hints\r\n\r\n"],
  "its answer": [OK, "x"],
  "its answer in pieces": ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n"],
};

for (const [what, [head, part]] of Object.entries(DRIPS))
  test(`a server that sends ${what} byte by byte is cut off by a caller that wants the whole of it, and nothing stays open`, async (t) => {
    const open = new Set<Socket>();
    const port = await tcp(t, (socket) => {
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      socket.once("data", () => void repeat(socket, head, part, 20));
    });
    const url = `http://127.0.0.1:${port}/`;
    const ms = what === "its status" ? 60_000 : 400;
    const wanted = {
      method: "GET",
      url,
      headers: {},
      body: null,
      longestMs: ms,
    } as const;
    for (const answer of ["provider", "words"] as const) {
      const said = await door(port, ms).fetch({ ...wanted, answer });
      assert.equal(
        said.kind === "failed" && said.error,
        what === "its status" ? "unreadable_answer" : "timed_out",
      );
    }
    while (open.size > 0) await sleep(10);
  });

test("a handshake that comes byte by byte is cut off", async (t) => {
  const port = await tcp(t, (socket) =>
    socket.once("data", () => void repeat(socket, "\u0016", "\u0003", 20)),
  );
  const said = await door(port).fetch({ ...PATIENT, url: `https://127.0.0.1:${port}/`, answer: "words" });
  assert.equal(said.kind, "failed");
});

/** A ceiling that decides is low; where an answer is expected, no machine is slow enough for it to matter. */
function door(port: number, ms = 400) {
  return openOutgoing({ allowed: allow(`127.0.0.1:${port}`), ownDatabase }, within({ ms }));
}

function within(lower: Partial<Ceiling>) {
  const all = Object.entries(CEILINGS).map(([name, ceiling]) => [name, { ...ceiling, ...lower }]);
  return Object.fromEntries(all) as Ceilings;
}

/** Every way out, by the ceiling that it has: a new one does not compile without a line here. */
const WAYS: Record<keyof Ceilings, (outgoing: Outgoing, url: string) => Promise<Said>> = {
  status: (outgoing, url) => outgoing.post(url, {}, "{}"),
  words: (outgoing, url) => outgoing.fetch({ ...PATIENT, url, answer: "words" }),
  provider: (outgoing, url) => outgoing.fetch({ ...PATIENT, url, answer: "provider" }),
  mail: async (outgoing, url) => {
    const said = await outgoing.fetchBytes({ ...PATIENT, url, answer: "mail" });
    return said.kind === "failed" ? said : { ...said, body: said.body.toString() };
  },
  object: async (outgoing, url) => {
    const said = await outgoing.fetchBytes({ ...PATIENT, url, answer: "object" });
    return said.kind === "failed" ? said : { ...said, body: said.body.toString() };
  },
  model: (outgoing, url) => outgoing.fetch({ ...PATIENT, url, answer: "model" }),
  source: (outgoing, url) => outgoing.fetch({ ...PATIENT, url, answer: "source" }),
  traces: (outgoing, url) => outgoing.fetch({ ...PATIENT, url, answer: "traces" }),
};
const PATIENT = { method: "GET", headers: {}, body: null, longestMs: 3_600_000 } as const;
type Said = { kind: "answered"; status: number; body?: string } | { kind: "failed"; error: string };

for (const [name, call] of Object.entries(WAYS)) {
  const { bytes } = CEILINGS[name as keyof Ceilings];
  test(`an answer as large as the ceiling of ${name} is read, and of one that is larger no more than that`, async (t) => {
    let written = 0;
    let size: number | null = bytes;
    const port = await tcp(t, (socket) =>
      socket.once("data", () => {
        if (size !== null)
          socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n${"x".repeat(size)}`);
        else {
          socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
          void chunksWithoutEnd(socket).then((all) => {
            written = all;
          });
        }
      }),
    );
    const outgoing = openOutgoing({ allowed: allow(`127.0.0.1:${port}`), ownDatabase });
    const url = `http://127.0.0.1:${port}/`;
    const whole = await call(outgoing, url);
    assert.equal(whole.kind === "answered" && whole.status, 200);
    if (whole.kind === "answered" && whole.body !== undefined) assert.equal(whole.body.length, bytes);
    for (const more of [bytes + 1, null]) {
      size = more;
      const said = await call(outgoing, url);
      // Of a status alone the rest is thrown away.
      if (name === "status") assert.equal(said.kind === "answered" && said.status, 200);
      else assert.equal(said.kind === "failed" && said.error, "unreadable_answer");
    }
    while (written === 0) await sleep(10);
    // What the kernel holds on both sides comes on top.
    assert.ok(written < bytes + 16 * 1024 * 1024, `${written} bytes were taken`);
  });

  test(`an answer that never ends is left when the time of ${name} is over, however patient the caller`, async (t) => {
    const port = await tcp(t, (socket) => socket.once("data", () => void repeat(socket, OK, "x", 20)));
    const outgoing = openOutgoing(
      { allowed: allow(`127.0.0.1:${port}`), ownDatabase },
      within({ ms: name === "status" ? 3_000 : 300, bytes: 2_000_000 }),
    );
    const said = await call(outgoing, `http://127.0.0.1:${port}/`);
    if (name === "status") assert.equal(said.kind === "answered" && said.status, 200);
    else assert.equal(said.kind === "failed" && said.error, "timed_out");
  });
}

/** Chunks without end, until the other side has enough; answers how much it took. */
async function chunksWithoutEnd(socket: Socket) {
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  while (!socket.destroyed)
    if (!socket.write(chunk))
      await new Promise<void>((resolve) => {
        socket.once("drain", resolve).once("close", () => resolve());
      });
  return socket.bytesWritten;
}

async function repeat(socket: Socket, head: string, part: string, everyMs: number) {
  socket.write(head);
  while (!socket.destroyed) {
    socket.write(part);
    await sleep(everyMs);
  }
}

async function http(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createHttp((request, response) => void answer(request, response));
  return listen(t, server);
}

async function tcp(t: TestContext, talk: (socket: Socket) => void) {
  return listen(
    t,
    createServer((socket) => {
      socket.on("error", () => {});
      t.after(() => socket.destroy());
      talk(socket);
    }),
  );
}

async function listen(t: TestContext, server: ReturnType<typeof createServer>) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return (server.address() as { port: number }).port;
}
