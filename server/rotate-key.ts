// `npm run rotate-key`: a new key seals from now on, and every secret is sealed anew. `-- --forget` takes the older keys
// away once nothing needs them. With the embedded database Cadenza itself must not be running: a data folder serves one
// process. With a database of one's own it may, on any number of machines that share the key file.

import { tellWhyNot } from "./cannot-start.ts";
import { readConfig } from "./config.ts";
import { prepareInstallation } from "./features/administration/installation/commands.ts";
import { forgetKeys, rotateKey } from "./features/administration/key-rotation/commands.ts";
import { openLog } from "./kernel/log.ts";
import { openHouse } from "./start.ts";

const COUNT = new Intl.NumberFormat("en");
const secretsOf = (count: number) => `${COUNT.format(count)} ${count === 1 ? "secret" : "secrets"}`;

async function main(wish: string | undefined) {
  if (wish !== undefined && wish !== "--forget") {
    console.error(
      "Usage: cadenza rotate-key [--forget] (in the repository: npm run rotate-key [-- --forget])",
    );
    process.exitCode = 2;
    return;
  }
  const config = { ...readConfig(undefined, []), sampleTeam: false };
  const { app, close } = await openHouse(config, openLog("warn"));
  try {
    await prepareInstallation({ ...app, config: { ...config, role: "engine" } }); // which ends no user's set-up link
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
    ? `New key: ${keyId}. ${secretsOf(resealed)} encrypted with it.`
    : `An earlier key change was interrupted and is now complete. Key: ${keyId}. Another ${secretsOf(resealed)} encrypted with it.`;
  if (unreadable.length > 0) {
    process.exitCode = 1;
    return `${done}\n\n${secretsOf(unreadable.length)} could not be decrypted and stay unchanged:\n  ${unreadable.slice(0, 20).join("\n  ")}`;
  }
  return (
    `${done} Back up ${app.config.keyFile}.\n\nThe file still contains the older keys, which older backups need. ` +
    "Remove them with: cadenza rotate-key --forget (in the repository: npm run rotate-key -- --forget)"
  );
}

async function forget(app: App) {
  const { forgotten, left } = await forgetKeys(app);
  if (left > 0) {
    process.exitCode = 1;
    return `No key was removed: ${secretsOf(left)} still encrypted with an older one. First run: cadenza rotate-key`;
  }
  if (forgotten === 0) return "There are no older keys to remove.";
  return `${forgotten} older ${forgotten === 1 ? "key was" : "keys were"} removed from ${app.config.keyFile}. Backups made with them can no longer be restored.`;
}

main(process.argv[2]).catch((error) => process.exit(tellWhyNot("The key was not changed.", error)));
