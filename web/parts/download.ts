// Files that a link alone cannot fetch, saved by the browser under a name.

import { Refused } from "@cadenza/sdk";
import { inOurLanguage } from "../language/asked-language.ts";

/** One of the server's that has to be asked for by a header, or in so many words. */
export async function download(path: string, accept: string, name: string, question?: object) {
  const asked = question && {
    method: "POST",
    headers: { ...inOurLanguage, accept, "content-type": "application/json" },
    body: JSON.stringify(question),
  };
  const response = await fetch(path, asked ?? { headers: { ...inOurLanguage, accept } });
  if (!response.ok)
    throw new Refused(response.status, await response.json().catch(() => null), response.headers);
  save(await response.blob(), name);
}

export function save(file: Blob, name: string) {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
