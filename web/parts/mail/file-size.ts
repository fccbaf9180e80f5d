import { numberFormat } from "../../language/formats.ts";

const TENTHS = numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

// texts: not translated, units are the same in every language

/** 320 kB, 1.2 MB. */
export function sizeOf(bytes: number) {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${TENTHS.format(bytes / 1_000_000)} MB`;
}
