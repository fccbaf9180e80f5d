// A large upload. On its way it lies on the disk under no name, so it takes no memory and is gone with the request,
// even if the process dies. Unknown callers cannot upload.

import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";
import { BadForm, boundaryOf, readForm } from "./form-stream.ts";
import { type Bag, emptyBag } from "./params.ts";
import type { Body } from "./server.ts";

export const MOST_BYTES = 512 * 1024 * 1024;

/** What a route is handed. JSON can say nothing that looks so. */
type Upload = {
  fileName: string;
  size: number;
  /** Of the bytes: the same key with another file is another request. */
  sha256: string;
  pieces(): AsyncIterable<Buffer>;
};

const PIECE = 256 * 1024;

export async function takeUpload(
  contentType: string,
  body: AsyncIterable<Buffer>,
  { name, directory }: { name: string; directory: string },
): Promise<Body> {
  const files: FileHandle[] = [];
  const close = async () => void (await Promise.all(files.splice(0).map((file) => file.close())));
  const bag = emptyBag();
  const uploads = new Map<string, ReturnType<typeof uploadInto>>();
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = await nameless(directory);
    files.push(file);
    await readForm(body, boundaryOf(contentType), {
      text: (part, value) => {
        bag[part] = asJson(value);
      },
      file: (part, fileName) => {
        if (part !== name || uploads.size > 0)
          throw new BadForm("it contains a file that this call does not accept");
        const upload = uploadInto(file, fileName);
        uploads.set(part, upload);
        return upload.take;
      },
    });
    for (const [part, upload] of uploads) bag[part] = upload.taken();
    return { bag, close };
  } catch (error) {
    await close();
    if (error instanceof Refusal) return { refusal: error };
    if (error instanceof BadForm || error instanceof TypeError)
      return {
        refusal: new Refusal("malformed_body", {
          why: say("it is not a valid form: {message}", { message: error.message }),
        }),
      };
    throw error;
  }
}

/** Open, and in no directory any more. */
async function nameless(directory: string) {
  const path = join(directory, randomUUID());
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

function uploadInto(file: FileHandle, fileName: string) {
  const hash = createHash("sha256");
  let size = 0;
  return {
    async take(piece: Buffer) {
      if (size + piece.length > MOST_BYTES) throw new Refusal("import_too_large", { limit: "512 MB" });
      hash.update(piece);
      await file.write(piece, 0, piece.length, size);
      size += piece.length;
    },
    taken: (): Upload => ({ fileName, size, sha256: hash.digest("hex"), pieces: () => piecesOf(file, size) }),
  };
}

async function* piecesOf(file: FileHandle, size: number) {
  for (let at = 0; at < size; ) {
    const piece = Buffer.alloc(Math.min(PIECE, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) throw new Error("the uploaded file is incomplete");
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/** Parts that are lists or objects are sent as JSON. */
function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Bag;
  } catch {
    return text;
  }
}
