// Instants as Apollo prints them: stored ones end in Z, typed and computed ones in +00:00.

// By way of Date: Temporal's own printing takes several times as long, and lists print hundreds.
export function stored(instant: Temporal.Instant) {
  return new Date(instant.epochMilliseconds).toISOString();
}

export function storedOrNull(instant: Temporal.Instant | null) {
  return instant === null ? null : stored(instant);
}

export function computed(instant: Temporal.Instant) {
  return stored(instant).replace("Z", "+00:00");
}

export function computedOrNull(instant: Temporal.Instant | null) {
  return instant === null ? null : computed(instant);
}

/** A moment the contract has checked: with an offset, without one (then UTC), or a bare date. */
export function readMoment(text: string): Temporal.Instant {
  const withTime = text.length === 10 ? `${text}T00:00` : text;
  return Temporal.Instant.from(/(?:z|[+-]\d{2}:?\d{2})$/i.test(withTime) ? withTime : `${withTime}Z`);
}
