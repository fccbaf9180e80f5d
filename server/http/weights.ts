// What a caller prefers, as `Accept` and `Accept-Encoding` say it: names with weights.

/** By name in lower case; 0 means: not this one. */
export function readWeights(header: string): ReadonlyMap<string, number> {
  return new Map(header.split(",").map(readRange));
}

function readRange(range: string): [string, number] {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((one) => one.startsWith("q="))?.slice(2);
  return [type, weight === undefined ? 1 : Number(weight) || 0];
}
