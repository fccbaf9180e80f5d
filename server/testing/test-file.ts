// Test files may share a process, each after the other (scripts/test-group.ts): which one is running, and what they share.

import { after } from "node:test";

let running = process.argv[1] ?? "tests";
let closings: (() => Promise<unknown>)[] | undefined;

export const testFile = () => running;

export function nameTestFile(file: string) {
  running = file;
}

/** Called before the first of several files. */
export function shareProcess() {
  const shared: (() => Promise<unknown>)[] = [];
  closings = shared;
  after(async () => {
    for (const close of shared) await close();
  });
}

/** Closes what outlives a file where there are several: after the last of them. */
export function closeAtTheEnd(close: () => Promise<unknown>) {
  if (closings) closings.push(close);
  else after(close);
}
