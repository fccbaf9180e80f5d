// A machine of Cadenza: HAProxy, an API and an engine.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PATIENCE_MS } from "../../server/testing/patience.ts";
import { environmentIn, readFile, SERVERS } from "./files.ts";
import { Machine, RIG_ADDRESS } from "./machine.ts";
import { programAt } from "./programs.ts";

const MAIN = fileURLToPath(new URL("../../server/main.ts", import.meta.url));
export const KEY = "bootstrap-key-of-the-rig";

/** How Cadenza finds the primary: HAProxy leads to it, or it asks all servers itself. */
export type Way = "haproxy" | "hosts";

const SETTINGS = environmentIn(readFile("cadenza.env"));
export const PASSWORD = new URL(SETTINGS.DATABASE_URL ?? "").password;

/** Slow, so that emails go out for as long as a failover lasts. */
const OF_THE_RIG = {
  CADENZA_BOOTSTRAP_KEY: KEY,
  CADENZA_ENGINE_LOOPS: "2",
  CADENZA_ALLOW_PLAINTEXT_MAIL: "1",
  CADENZA_MAIL_ALLOW: `${RIG_ADDRESS}/32`,
};

export class AppMachine extends Machine {
  readonly url: string;
  readonly #env: Record<string, string>;

  constructor(name: string, address: string, folder: string, way: Way, keyFile: string) {
    super(name, address, folder);
    this.url = `http://${address}:3000`;
    this.#env = {
      ...SETTINGS,
      ...OF_THE_RIG,
      ...(way === "hosts" && { DATABASE_URL: SERVERS }),
      CADENZA_KEY_FILE: keyFile,
      HOST: address,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
    };
    if (way === "haproxy") this.#startProxy();
  }

  #startProxy() {
    const file = join(this.folder, "haproxy.cfg");
    writeFileSync(file, readFile("haproxy.cfg"));
    this.start("haproxy", programAt("haproxy"), ["-db", "-f", file], {});
  }

  startRole(role: "api" | "engine") {
    const dataDir = join(this.folder, role);
    mkdirSync(dataDir, { recursive: true });
    const own = { CADENZA_ROLE: role, CADENZA_DATA_DIR: dataDir, PORT: role === "api" ? "3000" : "3001" };
    this.start(role, process.execPath, [MAIN], { ...this.#env, ...own });
  }

  async untilReady() {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(100)) {
      if (await this.#isReady()) return;
      if (this.hasEnded("api")) break;
    }
    throw new Error(`the API on ${this.name} did not start: ${join(this.folder, "api.log")}`);
  }

  async #isReady() {
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(`${this.url}/health/ready`, { signal }).catch(() => null);
    return answer?.ok ?? false;
  }
}
