// Whether our ports can be used. Asked before anything is created, so that a start that cannot answer leaves no data folder
// and no migrated database behind.

import { once } from "node:events";
import { createServer } from "node:net";
import type { Config } from "../config.ts";

type Port = { port: number; host: string; setting: string };

/** The message says what happened and what to do: people read it. */
export class CannotListen extends Error {}

export async function refuseTakenPorts({ role, port, host, metrics }: Config) {
  if (role !== "engine") await tryPort({ port, host, setting: "PORT" });
  if (metrics) await tryPort({ ...metrics, setting: "CADENZA_METRICS_PORT" });
}

/** Where another process was faster after all, it is said in the same words. */
export async function listening<T>(work: () => Promise<T>, port: Port): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error, port) ?? error;
  }
}

async function tryPort(port: Port) {
  const server = createServer();
  await listening(async () => {
    server.listen({ port: port.port, host: port.host });
    await once(server, "listening");
  }, port);
  server.close();
  await once(server, "close");
}

function refusalOf(error: unknown, { port, host, setting }: Port) {
  const hostSetting = setting === "PORT" ? "HOST" : "CADENZA_METRICS_HOST";
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is already in use by another program. Stop that program, or set ${setting} to another port.`,
    EACCES: `This user may not listen on port ${port}. Set ${setting} to a port from 1024 up and put a reverse proxy in front of it, or give the program the right to use low ports (CAP_NET_BIND_SERVICE).`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set ${hostSetting} to one of its addresses, or to 0.0.0.0 for all.`,
    ENOTFOUND: `The host name ${host} is unknown. Set ${hostSetting} to an address of this machine, or to 0.0.0.0 for all.`,
  };
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ""];
  return sentence === undefined ? null : new CannotListen(sentence, { cause: error });
}
