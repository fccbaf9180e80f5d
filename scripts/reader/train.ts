// Trains the reader of incoming mail from the texts beside it: `npm run train-reader`. Runs are repeatable.
//
// It measures on templates that are held back whole, finds from them how far the reader's likelihoods can be believed
// (one temperature), then trains on everything and writes server/domain/receiving/reading/model.json.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { CLASSES } from "../../server/domain/receiving/reading/classes.ts";
import { featuresOf, SPACE } from "../../server/domain/receiving/reading/features.ts";
import { writeFigures } from "./figures.ts";
import { meanFitted, type Sample, softmax, sums, type Weights } from "./fitting.ts";
import { allTemplates, isHeldBack, samplesOf } from "./samples.ts";

const EPOCHS = 4;
const MODEL = new URL("../../server/domain/receiving/reading/model.json", import.meta.url);

/** Where a file lies and what its comments say change no weight. */
const BESIDE = /^(?:import [^;]*;|\s*(?:\/\/|\/\*\*|\*).*)\n/gm;

/** Of everything that the weights follow from. */
export function digestOfTexts(): string {
  const hash = createHash("sha256");
  const files = [
    ...["texts", "talk"].flatMap((folder) =>
      readdirSync(new URL(`./${folder}/`, import.meta.url))
        .sort()
        .map((file) => `./${folder}/${file}`),
    ),
    ...["./grammar.ts", "./variants.ts", "./samples.ts", "./fitting.ts"],
    ...["features", "classes"].map((file) => `../../server/domain/receiving/reading/${file}.ts`),
    ...["auto-reply", "opt-out", "reply"].map((file) => `../../server/domain/receiving/${file}-phrases.ts`),
  ];
  for (const file of files) {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    hash.update(file.endsWith(".ts") ? text.replaceAll(BESIDE, "") : text);
  }
  return hash.digest("hex").slice(0, 32);
}

if (import.meta.main) {
  const all = allTemplates();
  const learned = all.filter(({ template }) => !isHeldBack(template));
  const held = samplesOf(
    all.filter(({ template }) => isHeldBack(template)),
    11,
  );
  const temperature = measured(
    meanFitted((seed) => samplesOf(learned, seed), EPOCHS),
    held,
  );
  console.log(`${samplesOf(all, 7).length} sentences of ${all.length} templates`);
  writeModel(
    meanFitted((seed) => samplesOf(all, seed), EPOCHS),
    temperature,
  );
}

function measured(weights: Weights, held: readonly Sample[]): number {
  const scored = held.map(({ text, label, language }) => {
    const features = featuresOf(text);
    return { label, language, total: sums(weights, features, 1 / Math.sqrt(features.length)) };
  });
  const right = scored.filter(({ label, total }) => total.indexOf(Math.max(...total)) === label).length;
  const lossAt = (temperature: number) =>
    scored.reduce(
      (sum, { label, total }) =>
        sum - Math.log((softmax(total.map((one) => one / temperature))[label] ?? 0) + 1e-9),
      0,
    );
  const tried = Array.from({ length: 40 }, (_, at) => 0.6 + at * 0.1);
  const best = tried.reduce((one, other) => (lossAt(other) < lossAt(one) ? other : one));
  console.log(`held back: ${right} of ${held.length} sentences right; temperature ${best.toFixed(1)}`);
  writeFigures(
    scored.map(({ total, ...one }) => ({ ...one, likely: softmax(total.map((sum) => sum / best)) })),
  );
  return best;
}

/** One byte for each weight. The largest are cut: they are few, and would take the room of all others. */
function writeModel(weights: Weights, temperature: number) {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  const most = sizes[Math.floor(sizes.length * 0.9998)] as number;
  const bytes = Int8Array.from(weights, (one) =>
    Math.round((Math.max(-most, Math.min(most, one)) / most) * 127),
  );
  const model = {
    about: "Weights of the reader of incoming mail. Made by `npm run train-reader`; not changed by hand.",
    texts: digestOfTexts(),
    classes: CLASSES,
    space: SPACE,
    scale: most / 127,
    temperature,
    weights: brotliCompressSync(bytes).toString("base64"), // a release may not be larger than it must
  };
  writeFileSync(MODEL, `${JSON.stringify(model, null, 1)}\n`);
  console.log(`wrote model.json: ${Math.round(model.weights.length / 1024)} KB`);
}
