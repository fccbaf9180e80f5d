// What a start leaves behind: the text of a thousand files on its way to code, schemas half built. V8 would keep the room,
// a third of everything, because a server that rests gives it no reason to look. So it is told once, before anybody is answered.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options: { type: "major"; flavor: "last-resort" }) => void;

/** Collects thoroughly and hands the room back. Takes some hundred milliseconds in which nothing else happens. */
export function clearLeftovers() {
  setFlagsFromString("--expose-gc"); // only contexts made from now on have it: no other code can call it
  const collect: Collect = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  collect({ type: "major", flavor: "last-resort" });
}
