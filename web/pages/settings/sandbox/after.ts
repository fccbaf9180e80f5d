// How long a recipient takes, as minutes in a field and as a duration on the wire.

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export function minutesOf(after = "PT1H") {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(after) ?? [];
  return Math.round(Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Number(seconds) / 60);
}

export const durationOf = (minutes: number) => `PT${minutes}M`;
