// Which base backup and which WAL lead to a time, or the sentence why there is no way to it.

import type { Catalogue, Span } from "./catalogue.ts";
import { CannotRecover } from "./refusals.ts";

export const shown = (at: Temporal.Instant) => at.toString({ smallestUnit: "second" });

/** The newest base first: it has the least WAL to replay. The others serve where it is damaged. */
export function spansTo({ spans, bases }: Catalogue, at: Temporal.Instant): [Span, ...Span[]] {
  const isIn = ({ from, until }: Span) =>
    Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) <= 0;
  const [first, ...others] = spans.filter(isIn).toSorted((a, b) => Temporal.Instant.compare(b.from, a.from));
  if (first) return [first, ...others];
  throw new CannotRecover(whyNot(spans, bases.length, at));
}

function whyNot(spans: readonly Span[], bases: number, at: Temporal.Instant) {
  if (spans.length === 0)
    return bases === 0
      ? "The archive has no base backup yet, so nothing can be recovered from it."
      : "The archive has no base backup with the WAL that it needs, so nothing can be recovered from it.";
  const earliest = spans
    .map(({ from }) => from)
    .reduce((a, b) => (Temporal.Instant.compare(a, b) < 0 ? a : b));
  const latest = spans
    .map(({ until }) => until)
    .reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b));
  if (Temporal.Instant.compare(at, earliest) < 0)
    return `The archive begins at ${shown(earliest.round({ smallestUnit: "second", roundingMode: "ceil" }))}, so ${shown(at)} cannot be recovered.`;
  if (Temporal.Instant.compare(at, latest) > 0)
    return `The archive ends at ${shown(latest)}, so ${shown(at)} cannot be recovered.`;
  const before = spans.filter(({ from }) => Temporal.Instant.compare(from, at) <= 0).at(-1);
  return `The WAL segment ${before?.missing} is missing in the archive, so ${shown(at)} cannot be recovered. From that base backup, times up to ${before ? shown(before.until) : ""} can.`;
}

/** Overlapping spans as one: what a person is told. */
export function periodsOf(spans: readonly Span[]): { from: Temporal.Instant; until: Temporal.Instant }[] {
  const periods: { from: Temporal.Instant; until: Temporal.Instant }[] = [];
  for (const { from, until } of spans.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    const last = periods.at(-1);
    if (last && Temporal.Instant.compare(from, last.until) <= 0) {
      if (Temporal.Instant.compare(until, last.until) > 0) last.until = until;
    } else periods.push({ from, until });
  }
  return periods;
}

/** Up to the first segment that is known to reach the time. */
export function segmentsTo({ segments }: Span, at: Temporal.Instant) {
  const last = segments.findIndex(({ until }) => Temporal.Instant.compare(until, at) >= 0);
  return last < 0 ? segments : segments.slice(0, last + 1);
}
