import assert from "node:assert/strict";
import { test } from "node:test";
import { type EarlierHit, type Hit, judgeEngagement, type MachineSign } from "./engagement.ts";

const NOW = Temporal.Instant.from("2026-02-03T10:00:00Z");
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36";

function hit(wish: Partial<Hit> = {}): Hit {
  return {
    is: "open",
    method: "GET",
    userAgent: CHROME,
    purpose: null,
    at: NOW,
    letGoAt: NOW.subtract({ minutes: 10 }),
    link: null,
    ...wish,
  };
}

const click = (wish: Partial<Hit> = {}) => hit({ is: "click", link: 1, ...wish });

const ALONE: [name: string, hit: Hit, sign: MachineSign | null][] = [
  ["a person in a browser", hit(), null],
  ["a person who clicks", click(), null],
  ["a mail whose time is not known", hit({ letGoAt: null }), null],
  ["four seconds after it left", hit({ letGoAt: NOW.subtract({ seconds: 4 }) }), "too_soon"],
  ["five seconds after it left", hit({ letGoAt: NOW.subtract({ seconds: 5 }) }), null],
  ["before it left", hit({ letGoAt: NOW.add({ seconds: 1 }) }), "too_soon"],
  ["HEAD", click({ method: "HEAD" }), "head"],
  ["Purpose: prefetch", click({ purpose: "prefetch" }), "prefetch"],
  ["Sec-Purpose: prefetch;prerender", click({ purpose: "prefetch;prerender" }), "prefetch"],
  ["no user agent", click({ userAgent: null }), "no_user_agent"],
  ["a blank user agent", hit({ userAgent: "  " }), "no_user_agent"],
  [
    "Gmail's reader, by Google's proxy",
    hit({
      userAgent: "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    }),
    null,
  ],
  [
    "Google's proxy as the mail arrives",
    hit({ userAgent: "Mozilla/5.0 (via ggpht.com GoogleImageProxy)", letGoAt: NOW }),
    "too_soon",
  ],
  ["Yahoo's reader", hit({ userAgent: "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy" }), null],
  ["Apple's privacy proxy", hit({ userAgent: "Mozilla/5.0" }), "privacy_proxy"],
  [
    "Outlook on a desk",
    hit({ userAgent: "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)" }),
    null,
  ],
  [
    "a mail program that clicks",
    click({ userAgent: "Microsoft Office/16.0 (Microsoft Outlook)" }),
    "no_browser",
  ],
  [
    "Office looking whether it is there",
    click({ userAgent: "Microsoft Office Existence Discovery" }),
    "scanner",
  ],
  ["a search engine", click({ userAgent: "Mozilla/5.0 (compatible; Googlebot/2.1)" }), "scanner"],
  ["curl", click({ userAgent: "curl/8.5.0" }), "scanner"],
  ["a script", hit({ userAgent: "python-requests/2.31" }), "scanner"],
  ["a headless browser", click({ userAgent: `${CHROME} HeadlessChrome/133` }), "scanner"],
  ["a mail filter", click({ userAgent: "BarracudaCentral.org/1.0" }), "scanner"],
  ["a chat that previews", click({ userAgent: "facebookexternalhit/1.1" }), "scanner"],
  [
    "a telephone by Cubot",
    click({ userAgent: "Mozilla/5.0 (Linux; Android 13; CUBOT X70) Chrome/133" }),
    null,
  ],
];

for (const [name, one, sign] of ALONE) {
  test(`${name}: ${sign ?? "a person"}`, () =>
    assert.deepEqual(judgeEngagement(one, []), { sign, since: null }));
}

function before(seconds: number, link: number | null = null): EarlierHit {
  return { at: NOW.subtract({ milliseconds: seconds * 1000 }), link, isBurst: false };
}

const many = (count: number, seconds: number, link: number | null = null) =>
  Array.from({ length: count }, () => before(seconds, link));

const TOGETHER: [
  name: string,
  hit: Hit,
  earlier: EarlierHit[],
  sign: MachineSign | null,
  sinceSeconds: number,
][] = [
  ["the ninth in ten seconds", hit(), many(8, 9), null, 0],
  ["the tenth in ten seconds", hit(), many(9, 10), "burst", 10],
  ["the next of a burst", hit(), [{ ...before(9), isBurst: true }], "burst", 10],
  ["when a burst is over", hit(), [{ ...before(11), isBurst: true }], null, 0],
  ["ten over a day", hit(), many(9, 3600), null, 0],
  ["the tenth click on one link", click(), many(9, 3, 1), "burst", 10],
  ["two links within two seconds", click({ link: 2 }), [before(1, 1)], "several_links", 2],
  ["a double click", click(), [before(0.2, 1)], null, 0],
  ["two links, read between", click({ link: 2 }), [before(8, 1)], null, 0],
];

for (const [name, one, earlier, sign, sinceSeconds] of TOGETHER) {
  test(`${name}: ${sign ?? "a person"}`, () => {
    const since = sign === null ? null : NOW.subtract({ seconds: sinceSeconds }).toString();
    const judged = judgeEngagement(one, earlier);
    assert.deepEqual([judged.sign, judged.since?.toString() ?? null], [sign, since]);
  });
}
