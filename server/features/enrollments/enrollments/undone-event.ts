import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";
import type { Happening } from "../../events/events/store.ts";
import { happening } from "./apply-transition.ts";
import type { EnrollmentFacts } from "./locking-store.ts";

const EVENTS = {
  active: "enrollment.resumed",
  paused: "enrollment.paused",
  finished: "enrollment.finished",
  failed: "enrollment.failed",
  removed: "enrollment.removed",
} as const;

/** The event of an enrollment that is put back to an earlier state. */
export function undone(row: EnrollmentFacts, { state }: EnrollmentStatus, more = {}): Happening {
  return happening(EVENTS[state], row.id, row, {
    reason: "undone",
    ...(row.stepPosition !== null && { step_position: row.stepPosition }),
    ...more,
  });
}
