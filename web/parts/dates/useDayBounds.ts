// The day that fields for days and moments begin or end with. A page may stay open over midnight, and a field that still
// went by the day before would refuse today: so the clock is looked at as long as the field is there.

import { useSyncExternalStore } from "react";
import { currentTime } from "../current-time.ts";
import { localOf } from "./reading.ts";

export type DayBounds = {
  /** No day before today, by the viewer's clock. */
  from?: "today";
  /** No day after today, by the viewer's clock. */
  until?: "today";
};

/** As the fields of Mantine take them. */
export function useDayBounds({ from, until }: DayBounds) {
  const today = useSyncExternalStore(everySecond, () => localOf(currentTime()).slice(0, 10));
  return { ...(from && { minDate: today }), ...(until && { maxDate: today }) };
}

function everySecond(look: () => void) {
  const timer = setInterval(look, 1000);
  return () => clearInterval(timer);
}
