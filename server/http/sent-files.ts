// A file of text sent as it is, or with a form (multipart), to the calls that take one.

import { type Bag, emptyBag } from "./params.ts";

/** Null where the body is neither; throws where it says it is, and is not. */
export async function readFile(type: string, payload: Buffer, name: string): Promise<Bag | null> {
  if (/^text\/csv\b/i.test(type)) return bagWith(name, textOf(payload));
  if (!/^multipart\/form-data\b/i.test(type)) return null;
  const form = await new Response(new Uint8Array(payload), { headers: { "content-type": type } }).formData();
  const bag = emptyBag();
  for (const [key, value] of form) {
    if (typeof value === "string") bag[key] = value;
    else bag[name] = textOf(await value.arrayBuffer());
  }
  return bag;
}

function bagWith(name: string, text: string) {
  const bag = emptyBag();
  bag[name] = text;
  return bag;
}

function textOf(bytes: ArrayBuffer | Buffer) {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
