// What a mail program or a browser calls itself, in three words: "Chrome on Linux". A hint for people, never a ground to
// decide anything on. The order matters: nearly everything also calls itself Safari and Mozilla.

const PROGRAMS: readonly [RegExp, string][] = [
  [/GoogleImageProxy/i, "Gmail's image proxy"],
  [/YahooMailProxy/i, "Yahoo's image proxy"],
  [/Thunderbird/i, "Thunderbird"],
  [/Outlook|MSOffice/i, "Outlook"],
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
  [/AppleWebKit/, "Apple Mail"],
  [/curl|python|java\/|go-http|wget|bot|crawl|spider|scan/i, "A program"],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad|iPod/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "Mac"],
  [/CrOS/, "ChromeOS"],
  [/Linux|X11/, "Linux"],
];

export function readableUserAgent(text: string | null) {
  if (!text) return null;
  const program = PROGRAMS.find(([sign]) => sign.test(text))?.[1] ?? null;
  const system = SYSTEMS.find(([sign]) => sign.test(text))?.[1] ?? null;
  if (program && system) return `${program} on ${system}`;
  return program ?? system;
}
