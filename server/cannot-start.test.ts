// A start that cannot succeed ends at once with one sentence and an exit code, and leaves nothing behind.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { EXIT } from "./cannot-start.ts";
import { freePort } from "./testing/doors.ts";
import { type Spawned, spawnServer } from "./testing/process.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-cannot-"));
const dataDir = join(folder, "data");
const running = new Set<Spawned>();
let taken: { server: Server; port: string };

before(async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  taken = { server, port: String((server.address() as { port: number }).port) };
});
after(() => {
  taken.server.close();
  for (const { process } of running) process.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function started(env: Record<string, string>, user = {}) {
  const one = await spawnServer({ CADENZA_DATA_DIR: dataDir, ...env }, [], user);
  running.add(one);
  void one.ended.then(() => running.delete(one));
  return one;
}

async function refused(exit: number, sentence: RegExp, env: Record<string, string>, user = {}) {
  const one = await started(env, user);
  assert.equal(await one.failed(), exit, one.said());
  const said = one.said().trim().split("\n");
  assert.equal(said.length, 1, one.said());
  assert.match(said[0] ?? "", sentence);
  assert.match(said[0] ?? "", /^Cadenza cannot start\. [A-Z]/);
  assert.equal(existsSync(dataDir), false, "nothing was created");
}

test("a port that another program has is named", () =>
  refused(EXIT.port, new RegExp(`Port ${taken.port} is already in use .* set PORT to another port`), {
    PORT: taken.port,
  }));

test("the port of the metrics is looked at too", () =>
  refused(EXIT.port, new RegExp(`Port ${taken.port} .* set CADENZA_METRICS_PORT`), {
    CADENZA_METRICS_PORT: taken.port,
  }));

test("an address that this machine does not have is named", () =>
  refused(EXIT.port, /This machine has no address 203\.0\.113\.9\. Set HOST/, { HOST: "203.0.113.9" }));

const isRoot = process.getuid?.() === 0;
const otherUser = isRoot ? { uid: 65534, gid: 65534 } : {};

test("a port below 1024 needs a right that this user does not have", { skip: lowPortsAreFree() }, () =>
  refused(
    EXIT.port,
    /may not listen on port 80\. Set PORT to a port from 1024 up/,
    { PORT: "80" },
    otherUser,
  ),
);

test("a data folder that this user may not write to is named with the folder that stops it", async () => {
  const closed = join(folder, "closed");
  mkdirSync(closed);
  chmodSync(folder, 0o755);
  chmodSync(closed, 0o555);
  const place = join(closed, "below", "data");
  await refused(
    EXIT.folder,
    new RegExp(`The data folder ${place} cannot be used: this user may not write to ${closed}\\.`),
    { CADENZA_DATA_DIR: place },
    otherUser,
  );
});

test("a data folder below a file is named", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const env = { CADENZA_DATA_DIR: join(file, "data") };
  await refused(EXIT.folder, new RegExp(`cannot be used: ${file} is a file`), env);
  await refused(EXIT.folder, new RegExp(`cannot be used: ${file} is a file`), {
    ...env,
    DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
  });
});

test("a backup folder that is missing, a file or closed to this user is named", async () => {
  const missing = join(folder, "not-mounted");
  const file = join(folder, "backup-file");
  writeFileSync(file, "");
  const closed = join(folder, "closed-backups");
  mkdirSync(closed);
  chmodSync(folder, 0o755);
  chmodSync(closed, 0o555);
  for (const [place, why] of [
    [missing, "it does not exist"],
    [file, "it is a file"],
  ] as const)
    await refused(EXIT.folder, new RegExp(`The backup folder ${place} cannot be used: ${why}\\.`), {
      CADENZA_BACKUP_DIR: place,
    });
  const owned = join(folder, "owned"); // so that the data folder is not the reason
  mkdirSync(owned);
  chmodSync(owned, 0o777);
  await refused(
    EXIT.folder,
    new RegExp(`The backup folder ${closed} cannot be used: this user may not write to it\\.`),
    { CADENZA_BACKUP_DIR: closed, CADENZA_DATA_DIR: join(owned, "data") },
    otherUser,
  );
});

test("a folder of the WAL archive that is not there is refused, and so is one beside an outside database", async () => {
  const missing = join(folder, "no-wal-here");
  await refused(EXIT.folder, new RegExp(`The WAL folder ${missing} cannot be used: it does not exist\\.`), {
    CADENZA_WAL_DIR: missing,
  });
  await refused(EXIT.settings, /CADENZA_WAL_DIR is for the embedded database\./, {
    CADENZA_WAL_DIR: folder,
    DATABASE_URL: "postgres://127.0.0.1/cadenza",
  });
});

test("a rule of backups that is misspelt is named", () =>
  refused(EXIT.settings, /CADENZA_BACKUP_KEEP must be .* such as 7d 4w 6m, not "7d 4 weeks"\./, {
    CADENZA_BACKUP_KEEP: "7d 4 weeks",
  }));

test("a recipient of backups that is misspelt is named, and a private key is not repeated", async () => {
  const right = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  const wrong = right.replace("ql3z", "ql3y");
  await refused(EXIT.settings, new RegExp(`CADENZA_BACKUP_RECIPIENT must be .* not "${wrong}"`), {
    CADENZA_BACKUP_DIR: folder,
    CADENZA_BACKUP_RECIPIENT: `${right}, ${wrong}`,
  });
  await refused(EXIT.settings, /CADENZA_BACKUP_RECIPIENT has a private key: .* off this server\.$/, {
    CADENZA_BACKUP_RECIPIENT: "AGE-SECRET-KEY-1QQPQQQ",
  });
});

test("a misspelt setting is named with the right one", () =>
  refused(EXIT.settings, /CADENZA_PUBLC_URL is not a setting\. Did you mean CADENZA_PUBLIC_URL\?/, {
    CADENZA_PUBLC_URL: "https://cadenza.example.no",
  }));

test("a bad value is named with its setting", () =>
  refused(EXIT.settings, /CADENZA_BOOTSTRAP_KEY must have at least 24 characters\./, {
    CADENZA_BOOTSTRAP_KEY: "short",
  }));

test("a database that does not answer ends the start when the time to wait is over", async () => {
  const port = await freePort();
  await refused(
    EXIT.unreached,
    /The database at DATABASE_URL cannot be used: no server listens at its address\./,
    {
      DATABASE_URL: `postgres://nobody:secret@127.0.0.1:${port}/none`,
      CADENZA_DATABASE_WAIT_SECONDS: "0",
    },
  );
});

test("a second server on one data folder is refused with the number of the first", async () => {
  const shared = join(folder, "shared");
  const env = { CADENZA_DATA_DIR: shared, CADENZA_LOG_LEVEL: "error" };
  const first = await (await started(env)).ready();
  const second = await started(env);
  assert.equal(await second.ended, EXIT.folder, second.said());
  assert.match(
    second.said(),
    new RegExp(
      `Cadenza cannot start\\. Another Cadenza process \\(pid ${first.process.pid}\\) is using the data folder`,
    ),
  );
  assert.equal((await fetch(`${first.url}/health/ready`)).status, 200);
  first.process.kill("SIGTERM");
  assert.equal(await first.ended, 0);
});

test("the page for operators has every exit code", () => {
  const page = readFileSync(new URL("../docs/operate/start.md", import.meta.url), "utf8");
  for (const code of Object.values(EXIT))
    assert.match(page, new RegExp(`^\\| ${code} \\|`, "m"), String(code));
});

function lowPortsAreFree() {
  const file = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
  return existsSync(file) ? Number(readFileSync(file, "utf8")) <= 80 : process.platform !== "linux";
}
