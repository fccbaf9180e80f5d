// What Cal.com and Calendly report when a meeting is booked, moved or cancelled. Anything else is no booking.

export type Booking = {
  program: "Cal.com" | "Calendly";
  is: "booked" | "cancelled";
  /** What the program calls it, and what it called the booking that this one takes the place of. */
  id: string;
  replaces: string | null;
  email: string;
  name: string | null;
  title: string | null;
  startsAt: Temporal.Instant | null;
};

export function bookingIn(body: Readonly<Record<string, unknown>>): Booking | null {
  return calBooking(body) ?? calendlyBooking(body);
}

const CAL_EVENTS: Record<string, Booking["is"]> = {
  BOOKING_CREATED: "booked",
  BOOKING_RESCHEDULED: "booked",
  BOOKING_CANCELLED: "cancelled",
};

function calBooking(body: Readonly<Record<string, unknown>>): Booking | null {
  const is = CAL_EVENTS[String(body.triggerEvent)];
  const payload = fieldsOf(body.payload);
  const [attendee] = Array.isArray(payload.attendees) ? payload.attendees.map(fieldsOf) : [];
  const [id, email] = [textOf(payload.uid), textOf(attendee?.email)];
  if (!is || !id || !email) return null;
  return {
    program: "Cal.com",
    is,
    id,
    replaces: textOf(payload.rescheduleUid),
    email,
    name: textOf(attendee?.name),
    title: textOf(payload.title),
    startsAt: momentOf(payload.startTime),
  };
}

const CALENDLY_EVENTS: Record<string, Booking["is"]> = {
  "invitee.created": "booked",
  "invitee.canceled": "cancelled",
};

function calendlyBooking(body: Readonly<Record<string, unknown>>): Booking | null {
  const is = CALENDLY_EVENTS[String(body.event)];
  const invitee = fieldsOf(body.payload);
  const meeting = fieldsOf(invitee.scheduled_event);
  const [id, email] = [textOf(invitee.uri), textOf(invitee.email)];
  if (!is || !id || !email) return null;
  return {
    program: "Calendly",
    is,
    id,
    replaces: textOf(invitee.old_invitee),
    email,
    name: textOf(invitee.name),
    title: textOf(meeting.name),
    startsAt: momentOf(meeting.start_time),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

const LONGEST = 500;

function textOf(value: unknown) {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, LONGEST) : null;
}

function momentOf(value: unknown) {
  try {
    return typeof value === "string" ? Temporal.Instant.from(value) : null;
  } catch {
    return null;
  }
}
