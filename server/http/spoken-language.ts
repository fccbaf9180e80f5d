// In which language a call is answered. The screen names it in a header of ours; nothing else changes it: browsers and
// libraries send Accept-Language by themselves, and programs read Apollo's sentences in English.

import type { IncomingHttpHeaders } from "node:http";
import { firstSpoken, inLanguage } from "../kernel/language.ts";

const HEADER = "cadenza-language";

/** Sentences of the answer are in the language that the call names. Codes and names are the same in every language. */
export function inLanguageOf<Result>(headers: IncomingHttpHeaders, work: () => Result): Result {
  const named = headers[HEADER];
  return inLanguage(typeof named === "string" ? named.trim().toLowerCase() : null, work);
}

/** Recipients of emails name none; their browser does. */
export function inLanguageOfReader<Result>(headers: IncomingHttpHeaders, work: () => Result): Result {
  return inLanguage(firstSpoken(headers["accept-language"]), work);
}
