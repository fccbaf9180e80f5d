// `npm run ha`: Debian's Patroni, etcd and HAProxy around Cadenza, with the files of deploy/high-availability. The primary is taken away
// again and again while emails go out. `-- --rounds=8` so often, `--only=freeze` in one way, `--way=hosts` without HAProxy, `--minutes=8` begins no round after so long.
//
// What was found is added to data/high-availability.jsonl; `--page` writes it into docs/operate/high-availability.md. `--short` is one
// kill and one freeze, without a record.

import { join } from "node:path";
import { parseArgs } from "node:util";
import { PATIENCE_MS } from "../../server/testing/patience.ts";
import { endWithParent } from "../end-with-parent.mjs";
import { ROOT } from "../packages.mjs";
import { Sentence } from "../sentence.mjs";
import type { Way } from "./app-machine.ts";
import { Caller } from "./caller.ts";
import { type FaultKind, KINDS } from "./faults.ts";
import { writeTable } from "./page.ts";
import { findPrograms } from "./programs.ts";
import { addToRecord, type Run, readRecord, table } from "./record.ts";
import { openRig } from "./rig.ts";
import { isInside, runInside } from "./room.ts";
import { failOver, type Round } from "./round.ts";
import { judge, wrongs } from "./verdict.ts";

/** Where the cluster is not whole emails may never go out. */
const FAILED_MS = 30_000;

const SHORT: FaultKind[] = ["kill", "freeze"];

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const { values } = parseArgs({
  options: { rounds: text, only: text, way: text, minutes: text, page: flag, short: flag },
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exitCode = 1;
}
process.exit();

async function main() {
  const wish = readWish();
  if (values.page) {
    writeTable(readRecord());
    return 0;
  }
  if (isInside()) return run(wish);
  endWithParent(process.ppid);
  findPrograms();
  return runInside(process.argv.slice(2));
}

function readWish() {
  if (values.short) return { rounds: SHORT.length, kinds: SHORT, way: "haproxy" as Way, people: 60 };
  const rounds = Number(values.rounds ?? 100);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Sentence(`--rounds is a number, not "${values.rounds}".`);
  const kinds = KINDS.filter((kind) => values.only === undefined || kind === values.only);
  if (kinds.length === 0) throw new Sentence(`--only is one of ${KINDS.join(", ")}, not "${values.only}".`);
  const way = values.way ?? "haproxy";
  if (way !== "haproxy" && way !== "hosts") throw new Sentence(`--way is haproxy or hosts, not "${way}".`);
  return { rounds, kinds, way: way as Way, people: 300 };
}

function wrongsOf({ seconds, wholeSeconds, primary, last }: Round) {
  if (seconds === null) return ["no email went on"];
  if (wholeSeconds === null) return ["the old primary did not come back as a standby"];
  return primary === last ? ["the old primary took its place back"] : [];
}

async function run({ rounds, kinds, way, people }: ReturnType<typeof readWish>) {
  const at = new Date().toISOString();
  const folder = join(ROOT, "data", "high-availability", at.replaceAll(/[:.]/g, "-"));
  console.log(`The logs are in ${folder}`);
  const rig = await openRig(folder, way, people);
  const caller = new Caller(
    rig.apps.map(({ url }) => url),
    rig.team.key,
  );
  const until = Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  const done: Run = { at, way, folder, rounds: [], verdict: null, wrongs: [] };
  try {
    for (let n = 0; n < rounds && performance.now() < until; n++) {
      const kind = kinds[n % kinds.length] as FaultKind;
      const round = await failOver(rig, kind, Math.floor(n / kinds.length));
      done.rounds.push(round);
      const { did, primary, next, seconds, wholeSeconds } = round;
      console.log(
        `${n + 1}. ${did} on ${primary}: ${seconds === null ? "NO EMAIL" : `next email after ${seconds.toFixed(1)} s`}, ` +
          `${next ?? "no server"} took over, ${wholeSeconds === null ? "NOT WHOLE" : `whole after ${wholeSeconds.toFixed(0)} s`}`,
      );
      done.wrongs.push(...wrongsOf(round).map((wrong) => `round ${n + 1} (${kind}): ${wrong}`));
      if (wholeSeconds === null) break;
    }
    done.verdict = await judge(rig, caller, done.rounds.at(-1)?.wholeSeconds ? PATIENCE_MS : FAILED_MS);
    done.wrongs.push(...wrongs(done.verdict));
  } catch (error) {
    done.wrongs.push(`it came to no end: ${error instanceof Error ? error.stack : error}`);
  }
  if (!values.short) addToRecord(done);
  console.log(`\n${table([done])}\n`);
  for (const wrong of done.wrongs) console.log(`WRONG: ${wrong}`);
  if (done.wrongs.length > 0) return 1;
  for (const machine of rig.cluster.machines) await machine.clear();
  return 0;
}
