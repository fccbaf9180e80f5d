// The settings of a sandbox that lies in a folder of its own. Those of other installations on this machine are not meant for it.

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { cacheFolder, pickedSettings } from "./config.ts";

type SandboxPlace = {
  /** Where its time begins; `1`: now, and it runs. */
  at: string;
  port: string;
  folder: string;
  /** Opens its API; null: nobody calls it. */
  key: string | null;
  hasSample: boolean;
};

export function sandboxSettings({ at, port, folder, key, hasSample }: SandboxPlace) {
  return {
    CADENZA_LOG_LEVEL: "warn",
    ...pickedSettings(["CADENZA_LOG_LEVEL", "CADENZA_WEBHOOK_ALLOW"]),
    CADENZA_SANDBOX: at,
    CADENZA_DATA_DIR: folder,
    CADENZA_CACHE_DIR: cacheFolder(),
    ...(key !== null && { CADENZA_BOOTSTRAP_KEY: key }),
    HOST: "127.0.0.1",
    PORT: port,
    ...(hasSample && { CADENZA_SAMPLE_TEAM: "1" }),
  };
}

/** Links in emails name the port, so it has to be known before. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(port);
}
