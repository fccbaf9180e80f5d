// Every request's id. It is random, so that a caller cannot count another team's calls by it. It is cut from a longer
// text of random digits, because asking for each id by itself costs more than finding the route.

import { randomBytes } from "node:crypto";

const DIGITS = 32;
const AT_ONCE = 1024;

let digits = "";
let used = 0;

export function newRequestId() {
  if (used === digits.length) {
    digits = randomBytes((DIGITS / 2) * AT_ONCE).toString("hex");
    used = 0;
  }
  used += DIGITS;
  return digits.slice(used - DIGITS, used);
}
