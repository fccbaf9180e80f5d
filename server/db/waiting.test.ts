// Cadenza is started while its database is away or recovering: it waits, says so, and begins when the database answers.

import assert from "node:assert/strict";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { after, test } from "node:test";
import { freePort } from "../testing/doors.ts";
import { spawnServer } from "../testing/process.ts";
import { urlOf, useWorld } from "../testing/world.ts";

const world = useWorld({ role: "api" });
const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const listen = (port: number, onSocket: (socket: Socket) => void) =>
  new Promise<Server>((resolve) => {
    const server = createServer((socket) => onSocket(socket.on("error", () => {})));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });

/** As a server that recovers answers clients. */
function recovering(socket: Socket) {
  const fields = Buffer.from("SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0");
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  socket.once("data", () => socket.end(Buffer.concat([Buffer.from("E"), length, fields])));
}

function forward(socket: Socket) {
  const { host, port } = world.ownerConnection;
  const to = (host.startsWith("/") ? dial(`${host}/.s.PGSQL.${port}`) : dial(port, host)).on(
    "error",
    () => {},
  );
  socket.pipe(to).pipe(socket);
  open.push(() => to.destroy());
}

const started = (databaseUrl: string) =>
  spawnServer({
    DATABASE_URL: databaseUrl,
    CADENZA_KEY_FILE: world.running.app.config.keyFile,
    CADENZA_ROLE: "api",
    CADENZA_DATA_DIR: world.running.app.config.dataDir,
    CADENZA_DATABASE_CONNECTIONS: "3",
  });

test("while the database is away or recovers the start waits for it, and says so", async () => {
  const port = await freePort();
  const { user, password, database } = world.ownerConnection;
  const server = await started(urlOf({ host: "127.0.0.1", port, user, password, database }));
  open.push(() => server.process.kill("SIGKILL"));
  await server.saying("no server listens at its address");
  const silent = await listen(port, recovering);
  await server.saying("it is starting up or recovering");
  await new Promise((resolve) => silent.close(resolve));
  const way = await listen(port, forward);
  open.push(() => way.close());
  await server.ready();
  assert.match(server.said(), /the database does not answer yet; trying again/);
  assert.doesNotMatch(server.said(), /\n\s+at /, "no stack");
  server.process.kill("SIGTERM");
  assert.equal(await server.ended, 0);
});

test("what waiting does not mend is said at once, in a sentence", async () => {
  const server = await started(urlOf({ ...world.ownerConnection, database: "nowhere" }));
  assert.equal(await server.ended, 5);
  assert.match(server.said(), /Cadenza cannot start\. The database in DATABASE_URL does not exist\./);
  assert.doesNotMatch(server.said(), /\n\s+at /);
});
