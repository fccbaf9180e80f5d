// `npm run rotate-key`: a new key seals from now on, and every secret is sealed anew. `-- --forget` takes the older keys
// away once nothing needs them. With the embedded database Cadenza itself must not be running: a data folder serves one
// process. With a database of one's own it may, on any number of machines that share the key file.

import { BadConfiguration, readConfig } from "./config.ts";
import { UnsafeDatabase } from "./db/embedded/durability.ts";
import { CannotStartDatabase } from "./db/embedded/errors.ts";
import { CannotMigrate } from "./db/migrate.ts";
import { prepareInstallation } from "./features/installation/commands.ts";
import { forgetKeys, rotateKey } from "./features/resealing/commands.ts";
import { openLog } from "./log.ts";
import { BadKeyFile } from "./secrets.ts";
import { openHouse } from "./start.ts";

const COUNT = new Intl.NumberFormat("en");
const secretsOf = (count: number) => `${COUNT.format(count)} ${count === 1 ? "secret" : "secrets"}`;

async function main(wish: string | undefined) {
  if (wish !== undefined && wish !== "--forget") {
    console.error("Usage: npm run rotate-key [-- --forget]");
    process.exitCode = 2;
    return;
  }
  const config = { ...readConfig(undefined, []), sampleTeam: false };
  const { app, close } = await openHouse(config, openLog("warn"));
  try {
    await prepareInstallation({ ...app, config: { ...config, role: "engine" } }); // which ends nobody's set-up link
    const told = wish ? await forget(app) : await rotate(app);
    console.log(`\n${told}\n`);
  } finally {
    await close();
  }
}

type App = Awaited<ReturnType<typeof openHouse>>["app"];

async function rotate(app: App) {
  const { keyId, isNewKey, resealed, unreadable } = await rotateKey(app);
  const done = isNewKey
    ? `A new key, ${keyId}, seals from now on. ${secretsOf(resealed)} sealed anew.`
    : `A change of the key had been cut short. It is done now: ${keyId} seals, and another ${secretsOf(resealed)} sealed anew.`;
  if (unreadable.length > 0) {
    process.exitCode = 1;
    return `${done}\n\n${secretsOf(unreadable.length)} could not be opened, and left as found:\n  ${unreadable.slice(0, 20).join("\n  ")}`;
  }
  return (
    `${done} Back up ${app.config.keyFile}.\n\nThe older keys are still in it, for backups of their time. ` +
    "Take them away with: npm run rotate-key -- --forget"
  );
}

async function forget(app: App) {
  const { forgotten, left } = await forgetKeys(app);
  if (left > 0) {
    process.exitCode = 1;
    return `No key was taken away: ${secretsOf(left)} sealed with an older one. First: npm run rotate-key`;
  }
  if (forgotten === 0) return "There is only one key, and it is in use.";
  return `${forgotten} older ${forgotten === 1 ? "key is" : "keys are"} gone from ${app.config.keyFile}. Backups made with them cannot be restored any more.`;
}

function explain(error: unknown) {
  const expected = [BadConfiguration, BadKeyFile, CannotMigrate, CannotStartDatabase, UnsafeDatabase];
  const isExpected = expected.some((kind) => error instanceof kind);
  console.error(isExpected ? `\nThe key was not changed. ${(error as Error).message}\n` : error);
  process.exit(1);
}

main(process.argv[2]).catch(explain);
