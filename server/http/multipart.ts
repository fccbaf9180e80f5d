// A form with files in it. The platform reads it; here it becomes a bag like any other, in which a file is an object of its
// name, its type and its bytes in base64, just as JSON sends it.

import { BUDGETS } from "../kernel/budgets.ts";
import { Refusal } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";
import { emptyBag } from "./params.ts";
import type { Body } from "./server.ts";

const MOST_PARTS = BUDGETS.body.parts;

export async function readMultipart(contentType: string, payload: Buffer): Promise<Body> {
  try {
    const form = await new Response(new Uint8Array(payload), {
      headers: { "content-type": contentType },
    }).formData();
    const parts = [...form];
    if (parts.length > MOST_PARTS) return unreadable(say("it has too many parts"));
    const bag = emptyBag();
    for (const [name, value] of parts) bag[name] = typeof value === "string" ? value : await fileFrom(value);
    return { bag };
  } catch {
    return unreadable(say("it is not a valid form"));
  }
}

async function fileFrom(file: File) {
  const content = Buffer.from(await file.arrayBuffer()).toString("base64");
  return { file_name: file.name, content_type: file.type, content };
}

function unreadable(why: string): Body {
  return { refusal: new Refusal("malformed_body", { why }) };
}
