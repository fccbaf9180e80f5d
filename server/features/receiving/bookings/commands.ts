// A contact booked a meeting: they finish in all sequences, and the last email that they were sent counts it. A cancelled meeting is no
// longer counted; whether the contact goes on, a person decides.

import type { Booking } from "../../../domain/receiving/bookings.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { moveByTriggers } from "../../enrollments/enrollments/apply-transition.ts";
import { finishEverywhere } from "../../enrollments/enrollments/enrollment-events.ts";
import { type By, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

export async function noteBookings(by: By, bookings: readonly store.BookingOfContact[]) {
  if (bookings.length === 0) return;
  await lockIds(by.db, by.teamId, [...new Set(bookings.map(({ contactId }) => contactId))]);
  for (const booking of bookings) await noteBooking(by, booking);
}

async function noteBooking(by: By, booking: store.BookingOfContact) {
  const { db, teamId, now } = by;
  const { contactId, replaces } = booking;
  const replaced = replaces
    ? await store.writeCancelled(db, teamId, { ...booking, id: replaces }, now)
    : null;
  if (booking.is === "cancelled") {
    const cancelled = await store.writeCancelled(db, teamId, booking, now);
    if (cancelled) await tell(by, "contact.meeting_cancelled", booking);
    await store.countMeetings(db, teamId, idsOf(cancelled));
    return;
  }
  const booked = await store.writeBooked(db, teamId, booking, now);
  await store.countMeetings(db, teamId, [...idsOf(replaced), ...idsOf(booked)]);
  if (!booked) return;
  await tell(by, "contact.meeting_booked", booking);
  await finishEverywhere(by, [contactId], "meetingBooked");
  if (booked.sequenceId)
    await moveByTriggers(by, [{ contactId, sequenceId: booked.sequenceId, event: "demoed" }]);
}

const idsOf = (row: { messageId: string | null } | null) => (row?.messageId ? [row.messageId] : []);

function tell(
  by: By,
  type: "contact.meeting_booked" | "contact.meeting_cancelled",
  { contactId, program, title, startsAt }: Booking & { contactId: string },
) {
  return record(by, {
    type,
    subject: { type: "contact", id: contactId },
    data: { program, title, starts_at: startsAt?.toString() ?? null },
  });
}
