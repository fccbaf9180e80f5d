// The program itself, run as people run it, in a home of its own.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export type Ran = { code: number; out: string; err: string; json<T>(): T };

export const home = mkdtempSync(join(tmpdir(), "cadenza-cli-"));
after(() => rmSync(home, { recursive: true, force: true }));

const PROGRAM = fileURLToPath(new URL("main.ts", import.meta.url));

export type Setting = { env?: Record<string, string>; input?: string };

export function cadenza(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  return ran([process.execPath, PROGRAM, ...args], setting);
}

/** With a person in front of it, who types ahead. What is asked and what is answered are one screen. */
export function atTerminal(args: readonly string[], setting: Setting = {}): Promise<Ran> {
  const line = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(" ");
  return ran(["script", "-qec", line, "/dev/null"], setting);
}

function ran([program = "", ...args]: readonly string[], { env = {}, input }: Setting): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: home,
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, HOME: home, ...env },
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, err, json: () => JSON.parse(out) }));
    child.stdin.end(input ?? "");
  });
}
