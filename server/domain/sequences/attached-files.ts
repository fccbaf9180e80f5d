// The allowed names and types of files that users attach.
//
// Easy to get wrong: a name may hold a path, a line break, or characters that reverse the writing direction. And the
// type becomes a header of the mail.

const LONGEST_NAME = 150;

export function safeFileName(given: string | undefined) {
  const last = (given ?? "").split(/[/\\]/).at(-1) ?? "";
  const name = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}<>:"|?*]+/gu, "")
    .replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, "");
  if (name === "") return "file";
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  return name.length <= LONGEST_NAME
    ? name
    : name.slice(0, LONGEST_NAME - ending.length).toWellFormed() + ending;
}

export function safeContentType(given: string | undefined) {
  const type = (given ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,99}$/.test(type) &&
    !type.startsWith("multipart/") &&
    !type.startsWith("message/")
    ? type
    : "application/octet-stream";
}

/** Strict: what decodes loosely may not be what was meant. */
export function fromBase64(text: string): Buffer | null {
  const plain = text.replace(/^data:[^,]{0,200};base64,/, "").replace(/\s+/g, "");
  const isSound = plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
  return isSound ? Buffer.from(plain, "base64") : null;
}
