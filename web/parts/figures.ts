// Numbers of things, the same everywhere: 1,005.

import { numberFormat } from "../language/formats.ts";

const FIGURE = numberFormat({ maximumFractionDigits: 6 });

export function figure(n: number) {
  return FIGURE.format(n);
}
