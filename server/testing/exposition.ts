// Reads Prometheus's text format (0.0.4) strictly, and refuses what `promtool check metrics` refuses: a sample without HELP and TYPE
// before it, a family in two places, a series twice, a histogram whose buckets shrink, a name against the conventions.

type Family = { type: string; help: string; samples: Sample[] };
type Sample = { name: string; labels: Record<string, string>; value: number };

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;
const UNITS_TO_AVOID =
  /_(?:ms|milliseconds|microseconds|nanoseconds|minutes|hours|days|kilobytes|megabytes|kb|mb|percent)(?:_|$)/;

export function readExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  let current: { name: string; help: string; family: Family | null } | null = null;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === "HELP") {
      if (!NAME.test(name) || families.has(name)) throw new Error(`a second or invalid family: ${line}`);
      current = { name, help: rest, family: null };
    } else if (kind === "TYPE") {
      if (current?.name !== name || current.family) throw new Error(`no HELP before: ${line}`);
      current.family = { type: rest, help: current.help, samples: [] };
      families.set(name, current.family);
    } else {
      if (!current?.family) throw new Error(`no TYPE before: ${line}`);
      current.family.samples.push(sampleIn(line, current.name, current.family.type));
    }
  }
  for (const [name, family] of families) refuseFaults(name, family);
  return families;
}

function sampleIn(line: string, family: string, type: string): Sample {
  const [, name = "", labels = "", value = ""] = SAMPLE.exec(line) ?? [];
  const number = value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value);
  if (!name || value === "" || (Number.isNaN(number) && value !== "NaN"))
    throw new Error(`not a sample: ${line}`);
  const names = type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => family + end) : [family];
  if (!names.includes(name)) throw new Error(`${name} is no sample of ${family}`);
  return { name, labels: labelsIn(labels, line), value: number };
}

function labelsIn(text: string, line: string) {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  for (let at = 0; at < text.length; at = LABEL.lastIndex) {
    const [, name, value] = LABEL.exec(text) ?? [];
    if (name === undefined || value === undefined || name in labels) throw new Error(`bad labels: ${line}`);
    labels[name] = value;
  }
  return labels;
}

function refuseFaults(name: string, { type, help, samples }: Family) {
  if (!help.trim()) throw new Error(`${name} has no help`);
  if (!["counter", "gauge", "histogram"].includes(type)) throw new Error(`${name} has the type ${type}`);
  if ((type === "counter") !== name.endsWith("_total")) throw new Error(`${name} is a ${type}`);
  if (UNITS_TO_AVOID.test(name) || /[A-Z]/.test(name) || /_(?:gauge|counter|histogram)$/.test(name))
    throw new Error(`${name} is against the conventions`);
  const keys = samples.map((sample) => sample.name + keyOf(sample.labels));
  if (new Set(keys).size !== keys.length) throw new Error(`${name} has a series twice`);
  if (type === "counter" && samples.some(({ value }) => !(value >= 0)))
    throw new Error(`${name} is below zero`);
  if (type === "histogram") refuseShrinking(name, samples);
}

function refuseShrinking(name: string, samples: readonly Sample[]) {
  const series = Map.groupBy(samples, ({ labels: { le: _, ...rest } }) => keyOf(rest));
  for (const [key, own] of series) {
    const buckets = own.filter((one) => one.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => (labels.le === "+Inf" ? Infinity : Number(labels.le)));
    const isRising = (numbers: readonly number[]) =>
      numbers.every((n, i) => i === 0 || n >= (numbers[i - 1] ?? n));
    const count = own.find((one) => one.name === `${name}_count`)?.value;
    const hasSum = own.some((one) => one.name === `${name}_sum`);
    const isWhole = bounds.at(-1) === Infinity && buckets.at(-1)?.value === count && hasSum;
    if (!isWhole || !isRising(bounds) || !isRising(buckets.map(({ value }) => value)))
      throw new Error(`${name}${key} is no histogram`);
  }
}

function keyOf(labels: Record<string, string>) {
  return JSON.stringify(Object.entries(labels).sort());
}
