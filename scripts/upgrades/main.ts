// `npm run upgrades`: an earlier version and a later one on one database, in both directions, while email goes out. None may be lost, and
// none sent twice. `-- --from=<commit>` names the earlier one, `--seconds=10` how long each state is held, `--only=kill` one way.
//
// `--large=2` measures instead how long writes wait while a database of so many GB is migrated.
//
// The later version of this commit is this commit with the migrations of `next/`: of each kind that may run beside the version before, and
// one that may not.

import { parseArgs } from "node:util";
import { openTestDatabase, stopTestServer } from "../../server/testing/database.ts";
import { markdown } from "../../server/testing/torture/report.ts";
import { migrateLarge } from "./large.ts";
import { changeVersions, type Result, type Way } from "./round.ts";
import { layOut, nextFiles, type Version } from "./versions.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { from: text, seconds: text, only: text, large: text } });
const holdsMs = Number(values.seconds ?? 8) * 1000;

const TAKES_AWAY = /_takes_away\.sql$/;
const files = nextFiles();
const earlier = layOut(values.from ?? "HEAD~100");
const now = layOut("HEAD");
const next = layOut(
  "HEAD",
  files.filter((file) => !TAKES_AWAY.test(file)),
);
const stricter = layOut("HEAD", files);

const ROUNDS: [from: Version, to: Version, way: Way][] = [
  [earlier, now, "beside"],
  [earlier, now, "kill"],
  [earlier, now, "stop"],
  [now, next, "beside"],
  [now, next, "kill"],
  [now, next, "stop"],
  [now, stricter, "stop"],
];

const kept = await openTestDatabase(); // so that the server is started once for all
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stopTestServer().finally(() => process.exit(130)));
if (values.large) await measureLarge(Number(values.large));
const results: Result[] = [];
for (const [from, to, way] of values.large ? [] : ROUNDS) {
  if (values.only && !`${from === earlier ? "earlier" : "now"} ${way}`.includes(values.only)) continue;
  console.log(`${from.name} → ${to.name}, ${way}`);
  const result = await changeVersions(from, to, way, kept.owner, holdsMs);
  for (const wrong of wrongsIn(result)) console.log(`  WRONG: ${wrong}`);
  if (wrongsIn(result).length > 0) process.exitCode = 1;
  results.push(result);
}
if (!values.large) console.log(`\n${table(results)}`);
await kept.drop();
process.exit();

function wrongsIn({ twice, lost, gone, complaints }: Result) {
  const count = (n: number, what: string) => (n > 0 ? [`${n} ${what}`] : []);
  return [
    ...count(twice, "emails were taken twice"),
    ...count(lost, "emails were lost"),
    ...count(gone, "acknowledged calls had no effect"),
    ...complaints,
  ];
}

function table(lines: readonly Result[]) {
  const head = [
    "from",
    "to",
    "way",
    "migrated beside",
    "and back",
    "emails",
    "twice",
    "lost",
    "unclear",
    "calls",
    "of them gone",
    "refused",
    "s without an email",
    "s without a write",
  ];
  return markdown(
    head,
    lines.map((one) => [
      ...[one.from, one.to, one.way, String(one.migratedBeside), one.back],
      ...[one.emails, one.twice, one.lost, one.unclear, one.saved, one.gone, one.refusedCalls].map(String),
      ...[one.withoutEmail, one.withoutWrite].map((seconds) => seconds.toFixed(1)),
    ]),
  );
}

async function measureLarge(gigabytes: number) {
  const { report, waits, times, ...found } = await migrateLarge(now, next, kept.owner, gigabytes);
  console.log(
    `${found.gigabytes.toFixed(2)} GB, ${found.seconds.toFixed(1)} s; estimated ${report.estimate.seconds} s\n`,
  );
  const planned = new Map(report.migrations?.map((one) => [one.name, one.seconds]));
  console.log(
    markdown(
      ["migration", "s", "estimate"],
      times.map(({ name, seconds }) => [name, seconds?.toFixed(1) ?? "–", String(planned.get(name) ?? "–")]),
    ),
  );
  console.log(
    `\n${markdown(
      ["writes to", "writes", "longest wait in s", "all waits in s"],
      waits.map(({ table: of, writes, longest, all }) => [
        of,
        String(writes),
        longest.toFixed(1),
        all.toFixed(1),
      ]),
    )}`,
  );
}
