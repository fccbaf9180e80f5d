// The texts of dropped files, folders and zip files, within the limits of one call.

import { t } from "../../../language/t.ts";
import { filesInZip } from "../../../parts/zip.ts";
import { type FileText, isKnownFile, placed } from "./dropped.ts";

const MOST_FILES = 2000;
const MOST_BYTES = 8_000_000;

type Read = { files: FileText[]; refused: string | null };

export async function readDropped(dropped: readonly File[]): Promise<Read> {
  const bytes = new Map<string, Uint8Array>();
  let size = 0;
  for (const file of dropped) {
    const path = (file as File & { path?: string }).path ?? file.name;
    if (/\.zip$/i.test(path)) {
      const inside = await filesInZip(file, { mostFiles: MOST_FILES, mostBytes: 4 * MOST_BYTES });
      if (!inside) return refused(t("{path} cannot be read as a zip file.", { path }));
      for (const [name, content] of inside) if (isKnownFile(name)) bytes.set(name, content);
    } else if (isKnownFile(path)) {
      if (file.size > MOST_BYTES) return refused(tooLarge());
      bytes.set(path, await file.bytes());
    }
  }
  if (bytes.size === 0) return refused(t("There is no YAML file among them."));
  const files: FileText[] = [];
  for (const [path, content] of bytes) {
    size += content.length;
    if (size > MOST_BYTES || bytes.size > MOST_FILES) return refused(tooLarge());
    const text = textOf(content);
    if (text === null) return refused(t("{path} is not text in UTF-8.", { path }));
    files.push({ path, text });
  }
  return { files: placed(files), refused: null };
}

function refused(why: string): Read {
  return { files: [], refused: why };
}

function tooLarge() {
  return t("These are too many files. One import takes 2,000 files and 8 MB.");
}

function textOf(bytes: Uint8Array) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
