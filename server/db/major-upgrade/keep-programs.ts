// Each start keeps a copy of its PostgreSQL programs in the data folder, 24 MB of a release. A later release has those of a later major version
// alone, and needs these once, to read the database that they wrote. So an upgrade asks nothing of a person, in a container neither.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { constants, cp, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "../embedded/binaries.ts";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { messageOf } from "../embedded/errors.ts";
import { syncFolder } from "../embedded/places.ts";
import { syncTree } from "../embedded/prepared-cluster.ts";
import type { Log } from "../embedded/site.ts";
import { keptPrograms } from "./places-of-programs.ts";

/** What only builds other programs. */
const NOT_RUN = /\.a$|[/\\](?:pgxs|pkgconfig|include|doc|man)(?:[/\\]|$)|[/\\]lib(?:ecpg|pgtypes)/;
const MARK = "version.txt";

/** Works beside the server. Answers what ends it. */
export function keepPrograms(
  dataDir: string,
  { postgres }: Pick<Binaries, "postgres">,
  log: Log,
): () => Promise<void> {
  let isStopping = false;
  const keeping = keep(dataDir, postgres, () => isStopping).catch((error) => {
    if (!isStopping)
      log(
        "the programs of PostgreSQL could not be kept in the data folder; a later upgrade looks for them elsewhere",
        {
          reason: messageOf(error),
        },
      );
  });
  return () => {
    isStopping = true;
    return keeping;
  };
}

async function keep(dataDir: string, postgres: string, isStopping: () => boolean) {
  const folder = keptPrograms(dataDir);
  const place = join(folder, MAJOR_VERSION);
  const { stdout } = await promisify(execFile)(postgres, ["--version"]);
  const version = `${stdout.trim()} ${process.platform} ${process.arch}\n`;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await removeOthers(dataDir, folder);
  if (markOf(place) === version) return;
  const draft = join(folder, `${MAJOR_VERSION}.part-${randomBytes(4).toString("hex")}`);
  try {
    await cp(dirname(dirname(postgres)), draft, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (from) => {
        if (isStopping()) throw new Error("stopped");
        return !NOT_RUN.test(from.slice(dirname(dirname(postgres)).length));
      },
    });
    await writeFile(join(draft, MARK), version);
    await syncTree(draft);
    await rm(place, { recursive: true, force: true });
    await rename(draft, place);
    await syncFolder(folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function markOf(place: string) {
  const mark = join(place, MARK);
  return existsSync(mark) ? readFileSync(mark, "utf8") : null;
}

/** Drafts that were cut off, and programs of earlier versions once no database of theirs is kept any more. */
async function removeOthers(dataDir: string, folder: string) {
  const beside = await readdir(dataDir);
  for (const name of await readdir(folder)) {
    const major = /^\d+/.exec(name)?.[0] ?? "";
    const isKept =
      name === MAJOR_VERSION || (name === major && beside.some((one) => one.startsWith(`postgres-${major}`)));
    if (!isKept) await rm(join(folder, name), { recursive: true, force: true });
  }
}
