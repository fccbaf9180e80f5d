// Sizes as people write them: 41 MB. Decimal units, as disks are sold.

import { numberFormat } from "../../../language/formats.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const FORMATS = UNITS.map((unit) => {
  const style = { style: "unit", unit } as const;
  return {
    few: numberFormat({ ...style, maximumFractionDigits: 1 }),
    many: numberFormat({ ...style, maximumFractionDigits: 0 }),
  };
});

export function sizeText(bytes: number) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(bytes))) / 3));
  const value = bytes / 1000 ** power;
  const format = FORMATS[power];
  return (Math.abs(value) < 10 ? format?.few : format?.many)?.format(value) ?? "";
}
