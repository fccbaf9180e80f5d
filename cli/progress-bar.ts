// How far something is, on standard error, and only where a person watches.

import process from "node:process";

export type Bar = { show(done: number, total: number, what: string): void; end(): void };

const WIDTH = 30;

export function openBar(stream: NodeJS.WriteStream = process.stderr): Bar {
  let isShown = false;
  return {
    show(done, total, what) {
      if (!stream.isTTY) return;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const filled = Math.round(share * WIDTH);
      stream.write(
        `\r\u001b[K[${"=".repeat(filled)}${" ".repeat(WIDTH - filled)}] ${done} of ${total} ${what}`,
      );
      isShown = true;
    },
    end() {
      if (isShown) stream.write("\r\u001b[K");
      isShown = false;
    },
  };
}
