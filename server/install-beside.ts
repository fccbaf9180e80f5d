// A downloaded release is installed beside the one in use: proved whole by its digest, unpacked into a folder of its own, asked whether it
// can take the database over, and named by the link at the very end. Whatever goes wrong before that leaves the version in use as it is.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** The message is a sentence for the operator. */
export class CannotInstall extends Error {}

export const LINK = "cadenza-current";
const LEFT = "The version in use is as it was.";

export type Wish = { archive: string; digest: string | null; here: string; say(line: string): void };

/** Answers the exit code. `here` is the folder of the version in use. */
export async function installBeside({ archive, digest, here, say }: Wish): Promise<number> {
  if (!existsSync(join(here, "VERSION")) || !existsSync(join(here, "bin", "node")))
    throw new CannotInstall(
      `${here} is no unpacked release. docs/operate/upgrade.md says how other installations are upgraded.`,
    );
  await refuseDamaged(archive, digest ?? digestBeside(archive));
  const versions = dirname(here);
  const folder = await unpack(archive, versions, here);
  const launcher = join(folder, "cadenza");
  say(`${readFileSync(join(folder, "VERSION"), "utf8").trim()} is in ${folder}.\n`);
  for (const mode of ["--check", "--beside"]) {
    const exit = await run(launcher, ["upgrade", mode]);
    if (exit === 0) continue;
    say(`\n${LEFT} The new one is in ${folder}.`);
    return exit;
  }
  await switchLink(versions, folder);
  say(
    `\n${join(versions, LINK)} is the new version now. Stop the version in use, and start ${join(versions, LINK, "cadenza")}.\n` +
      `The version before is kept in ${here}. Delete it when you no longer need it.`,
  );
  return 0;
}

async function refuseDamaged(archive: string, digest: string) {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(archive)) hash.update(piece as Buffer);
  } catch (error) {
    throw new CannotInstall(`${archive} cannot be read (${(error as Error).message}). ${LEFT}`, {
      cause: error,
    });
  }
  if (hash.digest("hex") !== digest.toLowerCase())
    throw new CannotInstall(
      `${archive} is damaged or incomplete: its SHA-256 is not the one that was published. Download it again. ${LEFT}`,
    );
}

/** As the release's SHA256SUMS has it. */
function digestBeside(archive: string) {
  const sums = join(dirname(resolve(archive)), "SHA256SUMS");
  const lines = existsSync(sums) ? readFileSync(sums, "utf8").split("\n") : [];
  const found = lines.map((line) => line.split(/ [ *]/)).find(([, name]) => name === basename(archive))?.[0];
  if (found) return found;
  throw new CannotInstall(
    `Nothing says what ${basename(archive)} has to be. Put the SHA256SUMS of the release beside it, or name its digest with --sha256. ${LEFT}`,
  );
}

/** Complete under its name, or not there. */
async function unpack(archive: string, versions: string, here: string) {
  const draft = join(versions, `.cadenza-unpacking-${process.pid}`);
  try {
    await mkdir(draft);
    const exit = await run("tar", ["-xf", resolve(archive), "-C", draft]);
    if (exit !== 0) throw new CannotInstall(`${archive} could not be unpacked into ${versions}. ${LEFT}`);
    const [name, ...more] = await readdir(draft);
    if (name === undefined || more.length > 0 || !existsSync(join(draft, name, "bin", "node")))
      throw new CannotInstall(`${archive} is no release of Cadenza. ${LEFT}`);
    const folder = join(versions, name);
    if (folder === here) throw new CannotInstall(`${archive} is the version in use.`);
    await run("sync", ["-f", draft]); // before anything names it
    await rm(folder, { recursive: true, force: true });
    await rename(join(draft, name), folder);
    return folder;
  } catch (error) {
    if (error instanceof CannotInstall) throw error;
    throw new CannotInstall(`${versions} cannot be written (${(error as Error).message}). ${LEFT}`, {
      cause: error,
    });
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

async function switchLink(versions: string, folder: string) {
  const draft = join(versions, `.${LINK}-${process.pid}`);
  await symlink(basename(folder), draft);
  await rename(draft, join(versions, LINK));
}

function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"] });
    child.once("error", () => done(program === "sync" ? 0 : 1));
    child.once("close", (code) => done(code ?? 1));
  });
}
