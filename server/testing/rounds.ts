// How often a test repeats what it draws at random. It draws the same in each run, so repeating it often in a usual run shows
// little more; `npm test -- --all`, before a release, repeats it often.

/** Set by `npm test -- --all`. */
const IS_WHOLE_RUN = process.env.CADENZA_WHOLE_RUN === "1";

/** A variable of the environment, where one is named, goes before both. */
export function rounds(usual: number, whole: number, variable?: string) {
  const asked = variable === undefined ? undefined : process.env[variable];
  return asked === undefined ? (IS_WHOLE_RUN ? whole : usual) : Number(asked);
}
