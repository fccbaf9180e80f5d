// A release as its users start it: laid out in an empty folder, with no Node on the PATH and nothing of the repository beside it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { buildSiteIfStale } from "../build-site.ts";
import { buildWebIfStale } from "../build-web.ts";
import { ROOT } from "../packages.mjs";
import { digestOf, tarOf } from "./archive.ts";
import { versionHere } from "./commit.ts";
import { layOut } from "./lay-out.ts";
import { onlyThese, type Started, startServer } from "./run-release.ts";

const MOST_BYTES = 180e6;

const folder = mkdtempSync(join(tmpdir(), "cadenza-release-"));
const place = join(folder, "cadenza");
const program = join(place, "cadenza");
const tools = onlyThese(join(folder, "tools"), "sh", "cat", "dirname", "readlink", "setpriv");
const env = { PATH: tools, HOME: folder };

let server: Started;
before(async () => {
  await buildWebIfStale();
  await buildSiteIfStale();
  layOut(place, versionHere());
  server = await startServer([program, "start"], [program], { cwd: folder, env });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const textOf = async (path: string) => {
  const answer = await fetch(`${server.url}${path}`, { headers: { accept: "text/html" } });
  assert.equal(answer.status, 200, path);
  return answer.text();
};

test("a release says its version and its commands", () => {
  const run = (...args: string[]) => execFileSync(program, args, { env, encoding: "utf8" });
  assert.match(run("--version"), /^cadenza \d+\.\d+\.\d+ \(.+\)\n$/);
  assert.match(run(), /cadenza start[\s\S]*Usage: cadenza <noun> <verb>/);
});

test("a release has at most 180 MB when it is unpacked", () => {
  const files = readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((path) => !/^(?:data|\.cache)(?:\/|$)/.test(path)) // made by a start
    .map((path) => lstatSync(join(place, path)))
    .filter((file) => file.isFile());
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes in ${files.length} files`);
});

test("a started release has the screen in four languages, the help, and the reference", async () => {
  assert.match(await textOf("/"), /<title>Cadenza/);
  const assets = readdirSync(join(place, "web", "dist", "assets"));
  for (const language of ["de", "fr", "es"]) {
    const scripts = assets.filter((name) => new RegExp(`^${language}-[^.]+\\.js$`).test(name));
    const texts = await Promise.all(scripts.map((name) => textOf(`/assets/${name}`)));
    assert.ok(texts.join("").length > 100_000, language);
  }
  // Of its own sentences, too: the page behind a link in an email follows the browser.
  for (const [language, says] of [
    ["de", /Link funktioniert nicht/],
    ["fr", /Ce lien ne fonctionne pas/],
    ["es", /enlace no funciona/],
  ] as const) {
    const page = await fetch(`${server.url}/u/none`, { headers: { "accept-language": language } });
    assert.match(await page.text(), says);
  }
  assert.match(await textOf("/help/"), /Cadenza/);
  assert.match(await textOf("/help/operate/releasing"), /sha256sum/);
  assert.match(await textOf("/docs"), /<html/);
});

test("a started release knows holidays, and imports contacts with phones and cities", async () => {
  assert.match(server.call("holidays", "calendars", "--json"), /"DE-BY"/);
  const file = join(folder, "people.csv");
  writeFileSync(
    file,
    "Name,Email,Phone,City,Country\nInes Berg,ines@norrland.example,089 123456,München,Germany\n",
  );
  assert.match(server.call("imports", "run", file), /1 created, 0 updated/);
  const found = server.call("contacts", "search", "--q-keywords", "Ines Be", "--json");
  assert.match(found, /ines@norrland\.example/);
  assert.match(found, /\+4989123456/);
});

test("the steps of the page about restoring bring a backup to a new machine", async () => {
  const page = readFileSync(join(ROOT, "docs", "operate", "restore.md"), "utf8");
  const lineOf = (pattern: RegExp) => pattern.exec(page)?.[0] ?? "";
  const machine = join(folder, "new-machine");
  mkdirSync(machine);
  server.call("backup", join(machine, "nightly.backup"));
  copyFileSync(join(folder, "data", "cadenza.key"), join(machine, "cadenza.key"));
  execFileSync("sh", ["-c", lineOf(/^mkdir .*cadenza\.key.*$/m)], { cwd: machine });
  const there = { ...env, CADENZA_DATA_DIR: join(machine, "data") };
  const restored = await startServer([program, "start"], [program], { cwd: machine, env: there });
  try {
    const [, ...restore] = lineOf(/^cadenza restore .*$/m).split(" ");
    assert.match(restored.call(...restore), /^Restored\. Sign in as before/);
    assert.match(restored.call("contacts", "search", "--q-keywords", "Ines", "--json"), /ines@norrland/);
    assert.match(restored.call("installation", "show", "--json"), /"held": true/);
    const [, ...confirm] = lineOf(/^cadenza installation .*$/m).split(" ");
    assert.match(restored.call(...confirm, "--json"), /"held": false/);
  } finally {
    await restored.stop();
  }
});

test("what a release loads late is there: holidays of a region, cleaning HTML, texts in Liquid, reading replies", () => {
  const late = `
    import { publicHolidayOn } from "${place}/server/domain/time/public-holidays.js";
    import { cleanHtml } from "${place}/server/kernel/html.js";
    import { engineWith } from "${place}/server/domain/templates/liquid.js";
    import { likelihoods } from "${place}/server/domain/receiving/reading/model.js";
    import { geoLocationOf } from "${place}/server/domain/basics/addresses.js";
    console.log(JSON.stringify([
      publicHolidayOn("DE-BY", "2027-01-06") !== null,
      cleanHtml("<p onclick='x()'>Hello</p>"),
      engineWith((value) => value).parseAndRenderSync("{{ 'a' | upcase }}"),
      likelihoods("Please call me next week.").length > 1,
      Object.keys(geoLocationOf("Munich, Germany")).length > 0,
    ]));`;
  const said = execFileSync(join(place, "bin", "node"), ["--input-type=module", "--eval", late], {
    env,
    cwd: folder,
    encoding: "utf8",
  });
  assert.deepEqual(JSON.parse(said), [true, "<p>Hello</p>", "A", true, true]);
});

test("a started release ends when it is told to", async () => {
  const { code, said } = await server.stop();
  assert.equal(code, 0, said);
});

test("two archives of the same files are the same, whenever the files were written", async () => {
  const digests = [];
  for (const [turn, names] of [
    ["one", "ab"],
    ["two", "ba"],
  ] as const) {
    const same = join(folder, turn, "same");
    mkdirSync(same, { recursive: true });
    for (const name of names) {
      writeFileSync(join(same, name), `the file ${name}`);
      utimesSync(join(same, name), 1e9 + turn.length, names === "ab" ? 1e9 : 1.2e9);
    }
    digests.push(await digestOf(tarOf(same, 1_700_000_000)));
  }
  assert.equal(digests[0], digests[1]);
});
