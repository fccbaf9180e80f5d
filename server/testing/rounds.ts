// How often a test repeats what it draws by lot. The lots are the same in each run, so a usual run that repeats them often
// learns little from it; `npm test -- --all`, before a release, repeats them as often as its time allows.

/** Set by `npm test -- --all`. */
const IS_WHOLE_RUN = process.env.CADENZA_WHOLE_RUN === "1";

/** A variable of the environment, where one is named, goes before both. */
export function rounds(usual: number, whole: number, variable?: string) {
  const asked = variable === undefined ? undefined : process.env[variable];
  return asked === undefined ? (IS_WHOLE_RUN ? whole : usual) : Number(asked);
}
