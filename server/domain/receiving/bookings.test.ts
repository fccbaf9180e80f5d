import assert from "node:assert/strict";
import { test } from "node:test";
import { bookingIn } from "./bookings.ts";

const CAL = {
  triggerEvent: "BOOKING_CREATED",
  createdAt: "2026-11-23T17:51:19.000Z",
  payload: {
    type: "30min",
    title: "30 Min Meeting between Ole Dahl and Ines Okafor",
    startTime: "2026-12-01T09:00:00Z",
    endTime: "2026-12-01T09:30:00Z",
    organizer: { name: "Ole Dahl", email: "ole@example.no" },
    attendees: [{ email: "ines@norrland.example", name: "Ines Okafor", timeZone: "Europe/Stockholm" }],
    uid: "bk_1",
  },
};

const CALENDLY = {
  event: "invitee.created",
  created_at: "2026-11-23T17:51:19.000000Z",
  payload: {
    email: "ines@norrland.example",
    name: "Ines Okafor",
    uri: "https://api.calendly.com/scheduled_events/E/invitees/I2",
    old_invitee: "https://api.calendly.com/scheduled_events/E/invitees/I1",
    rescheduled: false,
    scheduled_event: { name: "15 Minute Meeting", start_time: "2026-12-01T09:00:00.000000Z" },
  },
};

const startsAt = Temporal.Instant.from("2026-12-01T09:00:00Z");
const ines = { email: "ines@norrland.example", name: "Ines Okafor" };

test("a booking of Cal.com says who booked what, and when", () => {
  assert.deepEqual(bookingIn(CAL), {
    program: "Cal.com",
    is: "booked",
    id: "bk_1",
    replaces: null,
    ...ines,
    title: "30 Min Meeting between Ole Dahl and Ines Okafor",
    startsAt,
  });
  const moved = {
    ...CAL,
    triggerEvent: "BOOKING_RESCHEDULED",
    payload: { ...CAL.payload, rescheduleUid: "bk_0" },
  };
  assert.deepEqual([bookingIn(moved)?.is, bookingIn(moved)?.replaces], ["booked", "bk_0"]);
  assert.equal(bookingIn({ ...CAL, triggerEvent: "BOOKING_CANCELLED" })?.is, "cancelled");
});

test("a booking of Calendly says the same", () => {
  assert.deepEqual(bookingIn(CALENDLY), {
    program: "Calendly",
    is: "booked",
    id: "https://api.calendly.com/scheduled_events/E/invitees/I2",
    replaces: "https://api.calendly.com/scheduled_events/E/invitees/I1",
    ...ines,
    title: "15 Minute Meeting",
    startsAt,
  });
  assert.equal(bookingIn({ ...CALENDLY, event: "invitee.canceled" })?.is, "cancelled");
});

test("a report that is no booking, or names no attendee or no booking, is left alone", () => {
  const bodies: Record<string, unknown>[] = [
    {},
    { email: "ines@norrland.example" },
    { ...CAL, triggerEvent: "MEETING_ENDED" },
    { ...CAL, payload: null },
    { ...CAL, payload: { ...CAL.payload, attendees: "nobody" } },
    { ...CAL, payload: { ...CAL.payload, uid: 7 } },
    { ...CALENDLY, payload: [CALENDLY.payload] },
    { ...CALENDLY, event: "routing_form_submission.created" },
  ];
  for (const body of bodies) assert.equal(bookingIn(body), null, JSON.stringify(body));
  const undated = { ...CAL, payload: { ...CAL.payload, startTime: "soon" } };
  assert.equal(bookingIn(undated)?.startsAt, null);
});
