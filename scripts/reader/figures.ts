// What the reader does with the templates that were held back from it, written down in docs/understand/reader.md: by class and
// language, and how far its likelihoods can be believed, as a table and a picture.

import { writeFileSync } from "node:fs";
import { CLASSES } from "../../server/domain/receiving/reading/classes.ts";

type ReadSample = { language: string; label: number; likely: Float64Array };

const PAGE = new URL("../../docs/understand/reader.md", import.meta.url);
const PICTURE = new URL("../../docs/understand/reader-reliability.svg", import.meta.url);
const BINS = 10;

export function writeFigures(judged: readonly ReadSample[]) {
  const bins = binsOf(judged);
  writeFileSync(PAGE, pageOf(judged, bins));
  writeFileSync(PICTURE, pictureOf(bins));
}

function chosen({ likely }: ReadSample) {
  return likely.indexOf(Math.max(...likely));
}

type Bin = { from: number; count: number; said: number; right: number };

/** Of the sentences about which the reader was so sure: how sure on average, and how many it got right. */
function binsOf(judged: readonly ReadSample[]): Bin[] {
  const byBin = Map.groupBy(judged, ({ likely }) =>
    Math.min(BINS - 1, Math.floor(Math.max(...likely) * BINS)),
  );
  return Array.from({ length: BINS }, (_, bin) => {
    const own = byBin.get(bin) ?? [];
    const said = own.reduce((sum, { likely }) => sum + Math.max(...likely), 0);
    const right = own.filter((one) => chosen(one) === one.label).length;
    return { from: bin / BINS, count: own.length, said: said / own.length, right: right / own.length };
  }).filter(({ count }) => count > 0);
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function pageOf(judged: readonly ReadSample[], bins: readonly Bin[]) {
  const right = judged.filter((one) => chosen(one) === one.label).length;
  return [
    "# The trained reader in figures",
    "",
    "<!-- Made by `npm run train-reader`; not changed by hand. -->",
    "",
    "Every fifth template is held back as a whole: neither it nor a variant of it is used for training. So each tests a wording that may",
    "occur nowhere else in its language. These are the figures of a reader that was trained on the others. The shipped reader was",
    `trained on all of them. ${right} of ${judged.length} sentences are right (${percent(right / judged.length)}); they are single sentences, without the rest of the email`,
    "and without the sure signs of headers. [Incoming email](../guides/incoming-mail.md) describes how they are used, with figures for whole emails.",
    "",
    "## By class",
    "",
    "| class | sentences | recognized | of sentences read as this class, correct |",
    "|---|---|---|---|",
    ...CLASSES.map((name, label) => {
      const own = judged.filter((one) => one.label === label);
      const taken = judged.filter((one) => chosen(one) === label);
      return `| \`${name}\` | ${own.length} | ${shareOf(own, (one) => chosen(one) === label)} | ${shareOf(taken, (one) => one.label === label)} |`;
    }),
    "",
    "## By language and class",
    "",
    "Recognized sentences, of the held-back sentences of that class and language.",
    "",
    `| language | ${CLASSES.join(" | ")} |`,
    `|---|${CLASSES.map(() => "---|").join("")}`,
    ...languagesOf(judged).map(
      ([language, own]) => `| ${language} | ${CLASSES.map((_, label) => cell(own, label)).join(" | ")} |`,
    ),
    "",
    "## Reliability of the probabilities",
    "",
    "The first column is the probability that the reader gave. The last column is the share of these sentences that it read correctly.",
    "",
    "![Given probability and share read correctly](reader-reliability.svg)",
    "",
    "| probability | sentences | average probability | correct |",
    "|---|---|---|---|",
    ...bins.map(
      ({ from, count, said, right: share }) =>
        `| ${percent(from)} to ${percent(from + 1 / BINS)} | ${count} | ${percent(said)} | ${percent(share)} |`,
    ),
    "",
  ].join("\n");
}

function languagesOf(judged: readonly ReadSample[]) {
  return [...Map.groupBy(judged, ({ language }) => language)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function shareOf(own: readonly ReadSample[], isSo: (one: ReadSample) => boolean) {
  return own.length === 0 ? "none" : percent(own.filter(isSo).length / own.length);
}

function cell(own: readonly ReadSample[], label: number) {
  const mine = own.filter((one) => one.label === label);
  return mine.length === 0 ? "" : `${mine.filter((one) => chosen(one) === label).length} of ${mine.length}`;
}

const SIDE = 360;
const EDGE = 48;

/** The line is where what is said is so; a dot below it is surer than it should be. */
function pictureOf(bins: readonly Bin[]) {
  const most = Math.max(...bins.map(({ count }) => count));
  const x = (share: number) => EDGE + share * SIDE;
  const y = (share: number) => EDGE / 2 + (1 - share) * SIDE;
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE + EDGE * 1.5} ${SIDE + EDGE * 1.5}" font-family="sans-serif" font-size="12" role="img">`,
    "<title>Likelihood that the reader said, and share of sentences that it got right</title>",
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...marks.flatMap((mark) => [
      `<line x1="${x(mark)}" y1="${y(0)}" x2="${x(mark)}" y2="${y(1)}" stroke="#dddddd"/>`,
      `<line x1="${x(0)}" y1="${y(mark)}" x2="${x(1)}" y2="${y(mark)}" stroke="#dddddd"/>`,
      `<text x="${x(mark)}" y="${y(0) + 16}" text-anchor="middle" fill="#444444">${percent(mark)}</text>`,
      `<text x="${x(0) - 6}" y="${y(mark) + 4}" text-anchor="end" fill="#444444">${percent(mark)}</text>`,
    ]),
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#888888" stroke-dasharray="4 4"/>`,
    ...bins.map(
      ({ said, right, count }) =>
        `<circle cx="${x(said).toFixed(1)}" cy="${y(right).toFixed(1)}" r="${(4 + 8 * Math.sqrt(count / most)).toFixed(1)}" fill="#2f6fde" fill-opacity="0.75"/>`,
    ),
    `<text x="${x(0.5)}" y="${y(0) + 36}" text-anchor="middle" fill="#222222">likelihood said</text>`,
    `<text x="14" y="${y(0.5)}" text-anchor="middle" fill="#222222" transform="rotate(-90 14 ${y(0.5)})">share right</text>`,
    "</svg>",
    "",
  ].join("\n");
}
