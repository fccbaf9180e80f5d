// Ends this process, politely, when the one that started it is gone.
//
// `kill <npm>` reaches only the shell that npm put in between: on Debian that shell dies, npm leaves, and the server
// would run on without a parent to stop it. A new parent is the only sign of that which the server gets.
// Loaded before the command's own code; the parent to watch comes by number in CADENZA_PARENT.

const LOOK_EVERY_MS = 500;

/** @param {number} parent */
export function endWithParent(parent) {
  if (process.platform === "win32") return; // a parent's number does not change there
  const isBeingStopped = noteSignals();
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    if (!isBeingStopped()) process.kill(process.pid, "SIGTERM");
  }, LOOK_EVERY_MS);
  timer.unref();
}

/**
 * Whether a signal came already: a second one would cut short what the first began. We listen only once the command
 * itself does, and only once, because a listener of ours alone would keep a signal from ending the process.
 */
function noteSignals() {
  let came = false;
  const noted = new Set();
  process.on("newListener", (name) => {
    if (noted.has(name) || (name !== "SIGINT" && name !== "SIGTERM")) return;
    noted.add(name);
    process.once(name, () => {
      came = true;
    });
  });
  return () => came;
}

const named = Number(process.env.CADENZA_PARENT);
delete process.env.CADENZA_PARENT; // meant for this process, not for those it starts
if (named) endWithParent(named);
