// The trained weights, read from their file when the first mail is read: a start that reads no mail pays nothing.

import { createRequire } from "node:module";
import { brotliDecompressSync } from "node:zlib";
import { CLASSES } from "./classes.ts";
import { featuresOf } from "./features.ts";

type File = { texts: string; space: number; scale: number; temperature: number; weights: string };
type Model = { weights: Int8Array; scale: number };

const WIDTH = CLASSES.length;
let loaded: Model | null = null;

function model(): Model {
  if (loaded) return loaded;
  const file = createRequire(import.meta.url)("./model.json") as File;
  const bytes = brotliDecompressSync(Buffer.from(file.weights, "base64"));
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  loaded = { weights, scale: file.scale / file.temperature };
  return loaded;
}

/** How likely a sentence is of each class, in the order of CLASSES; they sum up to 1. */
export function likelihoods(text: string): Float64Array {
  const { weights, scale } = model();
  const features = featuresOf(text);
  const sums = new Float64Array(WIDTH);
  for (const feature of features)
    for (let one = 0; one < WIDTH; one++)
      sums[one] = (sums[one] as number) + (weights[feature * WIDTH + one] as number);
  const unit = scale / Math.sqrt(Math.max(1, features.length));
  const most = Math.max(...sums);
  const powers = sums.map((one) => Math.exp((one - most) * unit));
  const all = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((one) => one / all);
}
