// Environment variables that begin like ours and are none. A misspelt setting would be ignored in silence: mail would go out
// with another limit, or data into another folder, than the operator asked for.

import { nearestWord } from "./nearest-word.ts";
import { type Setting, settings } from "./settings.ts";

const PREFIX = "CADENZA_";
/** Of our other programs, which may share an environment with the server. */
const OTHERS = new Set(["CADENZA_URL", "CADENZA_API_KEY"]);
const KNOWN = new Set(
  Object.entries<Setting>(settings).flatMap(([name, { formerly }]) => (formerly ? [name, formerly] : [name])),
);

/** With the setting that is probably meant; null where none is near. */
type UnknownSetting = { name: string; meant: string | null };

export function unknownSettings(env: Readonly<Record<string, string | undefined>>): UnknownSetting[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !KNOWN.has(name) && !OTHERS.has(name))
    .map((name) => ({ name, meant: nearestWord(name, Object.keys(settings), bare) }));
}

/** PORT, HOST and DATABASE_URL have no prefix, so one too many is a slip too; and so are an underscore more or less. */
function bare(name: string) {
  return name.replace(PREFIX, "").replaceAll("_", "");
}
