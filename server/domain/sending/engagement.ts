// Whether a person opened a mail or followed its link, or a machine did: scanners that follow every link before
// delivery, programs that prefetch, proxies that fetch everything. Only people count, and only people stop a sequence.
//
// Easy to get wrong: Google and Yahoo fetch a picture when the reader looks at the mail, so theirs count; Apple always
// fetches it, so its fetches don't. A scanner is recognized by its second hit: then the first is judged again.

export type Hit = {
  is: "open" | "click";
  method: string;
  userAgent: string | null;
  /** What the program says it fetches this for (`Purpose`, `Sec-Purpose`, `X-Moz`). */
  purpose: string | null;
  at: Temporal.Instant;
  /** When the mail left; null where it is unknown. */
  letGoAt: Temporal.Instant | null;
  /** Which of the mail's links. */
  link: number | null;
};

/** An earlier hit of the same kind on the same mail that showed by itself no machine, whatever it was taken for since. */
export type EarlierHit = { at: Temporal.Instant; link: number | null; isBurst: boolean };

export type MachineSign =
  | "head"
  | "prefetch"
  | "too_soon"
  | "no_user_agent"
  | "scanner"
  | "privacy_proxy"
  | "no_browser"
  | "burst"
  | "several_links";

type EngagementJudgement = {
  /** Why it was a machine; null for a person. */
  sign: MachineSign | null;
  /** Hits since then were the same machine's, whatever they were taken for. */
  since: Temporal.Instant | null;
};

const TOO_SOON_SECONDS = 5;
export const BURST = { hits: 10, seconds: 10 };
const LINKS_TOGETHER_SECONDS = 2;

export function judgeEngagement(hit: Hit, earlier: readonly EarlierHit[]): EngagementJudgement {
  const own = ownSign(hit);
  if (own) return { sign: own, since: null };
  const burstSince = hit.at.subtract({ seconds: BURST.seconds });
  const lately = after(earlier, burstSince);
  // A burst is over when it has been quiet for as long.
  if (lately.length + 1 >= BURST.hits || lately.some(({ isBurst }) => isBurst))
    return { sign: "burst", since: burstSince };
  const together = hit.at.subtract({ seconds: LINKS_TOGETHER_SECONDS });
  const isElsewhere = after(earlier, together).some(({ link }) => link !== hit.link);
  return hit.is === "click" && isElsewhere
    ? { sign: "several_links", since: together }
    : { sign: null, since: null };
}

/** What one hit shows by itself. */
function ownSign({ is, method, userAgent, purpose, at, letGoAt }: Hit): MachineSign | null {
  if (method === "HEAD") return "head";
  if (purpose && /prefetch|prerender|preview/i.test(purpose)) return "prefetch";
  if (letGoAt && Temporal.Instant.compare(at, letGoAt.add({ seconds: TOO_SOON_SECONDS })) < 0)
    return "too_soon";
  const program = userAgent?.trim() ?? "";
  if (program === "") return "no_user_agent";
  if (FETCHES_FOR_SOMEBODY.test(program)) return null;
  if (program === "Mozilla/5.0") return "privacy_proxy";
  if (SCANNERS.test(program)) return "scanner";
  return is === "click" && !/^(?:Mozilla|Opera)\/\d/.test(program) ? "no_browser" : null;
}

const FETCHES_FOR_SOMEBODY = /GoogleImageProxy|YahooMailProxy/i;

const SCANNERS = new RegExp(
  [
    "(?<!cu)bot\\b|crawl|spider|scan|preview|headless|phantomjs|puppeteer|playwright|selenium|lighthouse",
    "curl/|wget|libwww|lwp::|python|java/|okhttp|go-http|http-?client|httpx|axios|node-fetch|undici|guzzle|ruby|php/|perl",
    "barracuda|mimecast|proofpoint|urldefense|safelinks|symantec|messagelabs|trend ?micro|fireeye|trellix|sophos",
    "forcepoint|websense|ironport|fortinet|fortiguard|palo ?alto|zscaler|bitdefender|kaspersky|virustotal|avanan",
    "facebookexternalhit|whatsapp|skypeuripreview|slack-imgproxy|existence discovery|protocol discovery",
  ].join("|"),
  "i",
);

function after(earlier: readonly EarlierHit[], since: Temporal.Instant) {
  return earlier.filter(({ at }) => Temporal.Instant.compare(at, since) >= 0);
}
