// The Debian package, installed by dpkg in a copy of this system: an overlay that takes every change and is thrown away. It needs
// root and Linux. systemd does not run in it: its own checker reads the units, and the server starts as a unit says, by hand.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildSiteIfStale } from "../../build-site.ts";
import { buildWebIfStale } from "../../build-web.ts";
import { versionHere } from "../commit.ts";
import { packForDebian } from "../debian.ts";
import { layOut } from "../lay-out.ts";
import { startServer } from "../run-release.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-debian-"));
const system = join(folder, "system");
const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: "utf8", env: { PATH, DEBIAN_FRONTEND: "noninteractive" } });
const inside = (...command: string[]) => run("chroot", system, ...command);
const insideShell = (text: string) => inside("sh", "-c", text);

before(async () => {
  await buildWebIfStale();
  await buildSiteIfStale();
  layOut(join(folder, "cadenza"), versionHere());
  const file = packForDebian(join(folder, "cadenza"), folder, versionHere());
  const changes = join(folder, "changes");
  for (const path of [changes, system]) mkdirSync(path);
  run("mount", "-t", "tmpfs", "none", changes);
  for (const name of ["upper", "work"]) mkdirSync(join(changes, name));
  const layers = `lowerdir=/,upperdir=${changes}/upper,workdir=${changes}/work`;
  run("mount", "-t", "overlay", "overlay", "-o", layers, system);
  run("mount", "-t", "proc", "proc", join(system, "proc"));
  run("mount", "--bind", "/dev", join(system, "dev"));
  cpSync(file, join(system, "root", "cadenza.deb"));
  inside("dpkg", "--install", "/root/cadenza.deb");
});
after(() => {
  for (const path of ["system/dev", "system/proc", "system", "changes"])
    execFileSync("umount", [join(folder, path)], { stdio: "ignore" });
  rmSync(folder, { recursive: true, force: true });
});

test("it makes its user, its settings that only root reads, and the command", () => {
  assert.match(inside("getent", "passwd", "cadenza"), /:\/var\/lib\/cadenza:\/usr\/sbin\/nologin$/m);
  assert.equal(inside("stat", "-c", "%a %U", "/etc/cadenza/cadenza.env"), "600 root\n");
  assert.match(inside("cadenza", "--version"), /^cadenza \d+\.\d+\.\d+ \(/);
  assert.equal(insideShell("find /usr/lib/cadenza -not -user root | head"), "");
});

test("systemd's own checker accepts the units, and rates them as protected", () => {
  const units = ["cadenza", "cadenza-api", "cadenza-engine"].map(
    (name) => `/lib/systemd/system/${name}.service`,
  );
  const checked = insideShell(`systemd-analyze verify ${units.join(" ")} 2>&1`);
  assert.equal(
    checked
      .split("\n")
      .filter((line) => line.includes("cadenza"))
      .join("\n"),
    "",
  );
  for (const unit of units) inside("systemd-analyze", "security", "--offline=true", "--threshold=25", unit);
});

test("the server starts as the unit says, as its user, and keeps its data in its folder alone", async () => {
  const unit = inside("cat", "/lib/systemd/system/cadenza.service");
  const [, command = ""] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
  const given = [...unit.matchAll(/^Environment=(\w+=.*)$/gm)].map(([, one = ""]) => one);
  insideShell("install -d -m 700 -o cadenza -g cadenza /var/lib/cadenza /var/cache/cadenza");
  const asUser = ["setpriv", "--reuid=cadenza", "--regid=cadenza", "--clear-groups", "--no-new-privs"];
  const server = await startServer(
    ["chroot", system, ...asUser, "env", ...given, ...command.split(" ")],
    ["chroot", system, "cadenza"],
    { cwd: folder, env: { PATH, HOME: "/nonexistent" } },
  );
  try {
    assert.match(server.call("users", "search", "--json"), /"users"/);
    assert.equal((await fetch(`${server.url}/help/`)).status, 200);
  } finally {
    const { code, said } = await server.stop();
    assert.equal(code, 0, said);
  }
  assert.match(insideShell("ls /var/lib/cadenza"), /postgres/);
  assert.equal(insideShell("find /usr/lib/cadenza -user cadenza"), "");
});

test("removing keeps data and settings; installing again finds them; a purge deletes them", () => {
  insideShell("echo PORT=8080 >> /etc/cadenza/cadenza.env");
  inside("dpkg", "--remove", "cadenza");
  assert.match(insideShell("ls /var/lib/cadenza; cat /etc/cadenza/cadenza.env"), /postgres[\s\S]*PORT=8080/);
  assert.equal(insideShell("ls /usr/lib/cadenza 2>/dev/null || true"), "");
  inside("dpkg", "--install", "/root/cadenza.deb");
  assert.match(insideShell("ls /var/lib/cadenza; cat /etc/cadenza/cadenza.env"), /postgres[\s\S]*PORT=8080/);
  inside("dpkg", "--purge", "cadenza");
  assert.equal(insideShell("ls -d /var/lib/cadenza /var/cache/cadenza /etc/cadenza 2>/dev/null || true"), "");
});

test("two builds of the same files are the same package", () => {
  const again = join(folder, "again");
  mkdirSync(again);
  writeFileSync(join(again, "cadenza"), "a file");
  const version = { number: "1.2.3", commit: "x", secondsOfCommit: 1_700_000_000 };
  const digest = () => run("sha256sum", packForDebian(again, folder, version));
  assert.equal(digest(), digest());
});
