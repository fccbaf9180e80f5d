// Reads the file that a meeting program or a telephone writes of what was said: WebVTT (Zoom, Teams, Meet), SubRip (SRT),
// or plain lines with a name before a colon.

export type SpokenLine = {
  speaker: string | null;
  /** Seconds from the beginning. */
  start: number | null;
  end: number | null;
  text: string;
};

export function readTranscript(file: string): SpokenLine[] {
  const lines = file.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  return lines.some((line) => line.includes("-->")) ? readCues(lines) : readPlain(lines);
}

/** A cue is a line with two times and the lines below it, up to an empty one. What stands above the times is its name. */
function readCues(lines: readonly string[]): SpokenLine[] {
  const read: SpokenLine[] = [];
  let times: { start: number | null; end: number | null } | null = null;
  let said: string[] = [];
  const close = () => {
    if (times) read.push(...spokenIn(said, times));
    times = null;
    said = [];
  };
  for (const line of lines) {
    const [from, to] = line.split("-->");
    if (to !== undefined) {
      close();
      times = { start: secondsIn(from ?? ""), end: secondsIn(to.trim().split(/\s/)[0] ?? "") };
    } else if (line.trim() === "") close();
    else if (times) said.push(line);
  }
  close();
  return read;
}

/** WebVTT marks who speaks, `<v Ines Okafor>`; other programs write the name before a colon. */
function spokenIn(
  said: readonly string[],
  times: { start: number | null; end: number | null },
): SpokenLine[] {
  const read: SpokenLine[] = [];
  for (const part of said.join(" ").split(/<(?=v[ .])/)) {
    const voice = /^v(?:\.[^\s>]*)?[ ]([^>]*)>/.exec(part);
    const text = withoutTags(voice ? part.slice(voice[0].length) : part);
    if (text === "") continue;
    const named = voice ? { speaker: withoutTags(voice[1] ?? "") || null, text } : nameBefore(text);
    read.push({ speaker: named?.speaker ?? null, ...times, text: named?.text ?? text });
  }
  return read;
}

function readPlain(lines: readonly string[]): SpokenLine[] {
  const read: SpokenLine[] = [];
  for (const line of lines) {
    const stamp = /^[[(]?(\d{1,3}(?::\d{2}){1,2})[\])]?\s/.exec(line.trimStart());
    const text = (stamp ? line.trimStart().slice(stamp[0].length) : line).trim();
    if (text === "") continue;
    const start = stamp ? secondsIn(stamp[1] ?? "") : null;
    const named = nameBefore(text);
    const last = read.at(-1);
    if (!named && start === null && last) last.text += `\n${text}`;
    else read.push({ speaker: named?.speaker ?? null, start, end: null, text: named?.text ?? text });
  }
  return read;
}

const MOST_WORDS = 4;
const LONGEST_NAME = 80;

/** A name has a few words and begins with a letter: "Note to all of you who came late: sit" has none. */
function nameBefore(text: string) {
  const colon = text.indexOf(": ");
  if (colon < 1 || colon > LONGEST_NAME) return null;
  const speaker = text.slice(0, colon).trim();
  if (!/^\p{L}/u.test(speaker) || speaker.split(/\s+/).length > MOST_WORDS) return null;
  return { speaker, text: text.slice(colon + 2).trim() };
}

const SIGNS: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: " ", quot: '"', "#39": "'" };

function withoutTags(text: string) {
  return text
    .replace(/<[^<>]*>/g, "")
    .replace(/&(amp|lt|gt|nbsp|quot|#39);/g, (_, sign: string) => SIGNS[sign] ?? "")
    .trim();
}

/** `01:02:03.500`, `02:03,5` or `2:03`. */
function secondsIn(text: string): number | null {
  const found = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!found) return null;
  const [, hours = "0", minutes = "0", seconds = "0", fraction = "0"] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}.${fraction}`);
}
