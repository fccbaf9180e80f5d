import assert from "node:assert/strict";
import { test } from "node:test";
import { readTranscript, type SpokenLine } from "./transcripts.ts";

const line = (
  speaker: string | null,
  text: string,
  start: number | null = null,
  end: number | null = null,
) => ({ speaker, start, end, text });

const CASES: [what: string, file: string, read: SpokenLine[]][] = [
  [
    "WebVTT with voices, and several in one cue",
    "WEBVTT - made by a program\n\nNOTE not said\n\n1\n00:00:01.000 --> 00:00:04.500 align:start\n<v Ines Okafor>Good morning &amp; welcome</v>\n\n00:05.000 --> 01:02:03.250\n<v.loud Ole Berg>Thanks.</v><v Ines Okafor>So:\nlet us begin</v>\n",
    [
      line("Ines Okafor", "Good morning & welcome", 1, 4.5),
      line("Ole Berg", "Thanks.", 5, 3723.25),
      line("Ines Okafor", "So: let us begin", 5, 3723.25),
    ],
  ],
  [
    "WebVTT of a program that writes names before a colon, with Windows' line ends",
    "\uFEFFWEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nInes Okafor: Hello\r\n\r\n2\r\n00:00:03.000 --> 00:00:04.000\r\nNobody knows who says this: it is said\r\n",
    [line("Ines Okafor", "Hello", 1, 2), line(null, "Nobody knows who says this: it is said", 3, 4)],
  ],
  [
    "SubRip",
    "1\n00:00:01,600 --> 00:00:04,200\n<i>Hello</i>\nthere\n\n2\n00:00:05,000 --> 00:00:06,000\nOle: Yes\n",
    [line(null, "Hello there", 1.6, 4.2), line("Ole", "Yes", 5, 6)],
  ],
  [
    "plain lines, with and without times",
    "Ines Okafor: Hello\nand welcome\n[01:05] Ole Berg: It is 10:30 now\n\n2:03 Ines Okafor: Bye\n",
    [
      line("Ines Okafor", "Hello\nand welcome"),
      line("Ole Berg", "It is 10:30 now", 65),
      line("Ines Okafor", "Bye", 123),
    ],
  ],
  ["text without names", "Hello there\nhow are you", [line(null, "Hello there\nhow are you")]],
  ["times that are none", "WEBVTT\n\nsoon --> later\nHello", [line(null, "Hello")]],
  ["a cue without words", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\n<v Ines></v>", []],
  ["an empty file", "", []],
];

for (const [what, file, read] of CASES)
  test(`a transcript is read: ${what}`, () => assert.deepEqual(readTranscript(file), read));
