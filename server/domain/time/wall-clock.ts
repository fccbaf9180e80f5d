// The clock on the wall of a time zone, and how it is turned.
//
// Between two turns civil time runs as evenly as elapsed time, so the way to what comes next is a subtraction, and at
// each turn we look again. Gaps, hours that come twice, turns at midnight and days left out then need no case each.

/** No clock is turned more than four times a year, so these are two years. */
const MOST_TURNS = 8;

/** The name as the time zone database spells it, or null. Bare offsets count as unknown: no clock follows them. */
export function knownZone(name: string): string | null {
  try {
    // Temporal also takes whole timestamps where it wants a zone ("T1200Z"); those do not come back as they went in.
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return /^[a-z]/i.test(name) && timeZoneId.toLowerCase() === name.toLowerCase() ? timeZoneId : null;
  } catch {
    return null;
  }
}

/**
 * The first instant at which the clock of the zone shows this time or a later one: of an hour that comes twice the
 * first pass, and for an hour that is left out the end of the gap, not as far behind it as the gap is long.
 */
export function clockReaches(zone: string, time: Temporal.PlainDateTime): Temporal.Instant {
  const earlier = time.toZonedDateTime(zone, { disambiguation: "earlier" });
  const isInGap = !earlier.toPlainDateTime().equals(time);
  return ((isInGap && earlier.getTimeZoneTransition("next")) || earlier).toInstant();
}

/**
 * The instant of what `find` says comes next on the clock, looked for again at each turn of the clock that comes
 * before it. Null from `find`: nothing comes within the horizon, turned or not.
 */
export function whenClockSays(
  from: Temporal.Instant,
  zone: string,
  find: (time: Temporal.PlainDateTime) => Temporal.PlainDateTime | null,
): Temporal.Instant | null {
  let at = from.toZonedDateTimeISO(zone);
  for (let turns = 0; turns < MOST_TURNS; turns++) {
    const time = at.toPlainDateTime();
    const found = find(time);
    if (!found) return null;
    if (found === time) return at.toInstant();
    const there = at.toInstant().add(time.until(found, { largestUnit: "hours" }));
    const turn = at.getTimeZoneTransition("next");
    if (!turn || Temporal.Instant.compare(there, turn.toInstant()) < 0) return there;
    at = turn;
  }
  return null;
}
