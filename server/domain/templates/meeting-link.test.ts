import assert from "node:assert/strict";
import { test } from "node:test";
import { meetingLink, meetingPage } from "./meeting-link.ts";

const ines = {
  name: "Ines Å. Okafor",
  firstName: "Ines",
  lastName: "Okafor",
  email: "ines+work@norrland.example",
};
const nobody = { name: null, firstName: null, lastName: null, email: null };

const CASES: [string, string, string][] = [
  [
    "Cal.com and Calendly get name and address",
    "https://cal.com/ole/30min",
    "https://cal.com/ole/30min?name=Ines+%C3%85.+Okafor&email=ines%2Bwork%40norrland.example",
  ],
  [
    "what the address says already stays",
    "https://calendly.com/ole/30min?email=all@kraft.example&month=2026-11#top",
    "https://calendly.com/ole/30min?email=all%40kraft.example&month=2026-11&name=Ines+%C3%85.+Okafor#top",
  ],
  [
    "places of other programs are filled",
    "https://meetings.hubspot.example/ole?firstname={first_name}&lastname={last_name}&email={email}",
    "https://meetings.hubspot.example/ole?firstname=Ines&lastname=Okafor&email=ines%2Bwork%40norrland.example",
  ],
];

for (const [says, page, link] of CASES) test(says, () => assert.equal(meetingLink(page, ines), link));

test("each link is filled anew", () => {
  const page = "https://meet.example/{first_name}";
  assert.deepEqual(
    [meetingLink(page, ines), meetingLink(page, ines)],
    Array(2).fill("https://meet.example/Ines"),
  );
});

test("what is not known is left out", () => {
  assert.equal(meetingLink("https://cal.com/ole", nobody), "https://cal.com/ole");
  assert.equal(meetingLink("https://meet.example/?e={email}", nobody), "https://meet.example/?e=");
});

test("only addresses of web pages are taken", () => {
  for (const text of ["https://cal.com/ole", "http://meet.example/{email}"])
    assert.equal(meetingPage(text), text);
  for (const text of [
    "cal.com/ole",
    "javascript:alert(1)",
    "mailto:ole@example.no",
    "",
    "https://",
    "//x.example",
  ])
    assert.equal(meetingPage(text), null, text);
});
