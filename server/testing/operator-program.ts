// A program of the server as an operator starts it: a process of its own that ends by itself.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** `name` is a file in `server/`. Only what is named is in its environment. Answers its exit code or the signal that ended it, and what it said. */
export async function runOperatorProgram(
  name: `${string}.ts`,
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<{ how: number | string | null; said: string }> {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { how: code ?? signal, said };
}
