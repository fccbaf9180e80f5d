// A loop that looks every so often, and at once where this process has given it something to do. Other processes look in time.

export type Wake = ReturnType<typeof makeWake>;

export function makeWake() {
  let isWanted = false;
  let rouse: (() => void) | null = null;
  return {
    wake() {
      isWanted = true;
      rouse?.();
    },
    /** Over after so long, or as soon as it is woken; at once where it was woken since the last time. */
    async pause(ms: number, signal: AbortSignal) {
      if (!isWanted && !signal.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          rouse = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener("abort", rouse, { once: true });
        });
      if (rouse) signal.removeEventListener("abort", rouse);
      rouse = null;
      isWanted = false;
    },
  };
}
