// An engine goes on after an error of one email, as it should. An error that only our own code can make is a bug, however: an
// engine under torture says so on its output, and the fault ends at once instead of waiting for emails that never leave.

const BUGS: ReadonlySet<string> = new Set(["TypeError", "ReferenceError", "RangeError", "SyntaxError"]);
const MARK = "bug: ";

/** Where the log of such an engine goes: its bugs to its output, everything to the error output where that is wanted. */
export function tellOfBugs(level: string) {
  return {
    write(line: string) {
      if (level !== "silent") process.stderr.write(line);
      const { err } = JSON.parse(line) as { err?: { type?: string; stack?: string } };
      if (err && BUGS.has(err.type ?? "")) process.stdout.write(`${MARK}${JSON.stringify(err.stack)}\n`);
    },
  };
}

/** The bugs in the output of an engine, from the first line on. */
export function bugsIn(output: string): string[] {
  return output
    .split("\n")
    .slice(0, -1) // what is not a whole line yet is looked at with its rest
    .filter((line) => line.startsWith(MARK))
    .map((line) => JSON.parse(line.slice(MARK.length)) as string);
}
