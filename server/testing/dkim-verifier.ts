import { createHash, createPublicKey, verify } from "node:crypto";

/** A verifier as RFC 6376 has it, written apart from the signer. */
export function holds(raw: Buffer, key: string) {
  const text = raw.toString("latin1");
  const split = text.indexOf("\r\n\r\n");
  const fields = text
    .slice(0, split)
    .replace(/\r\n(?=[ \t])/g, "")
    .split("\r\n");
  const canon = (field: string) => {
    const [, name = "", value = ""] = /^([^:]+):(.*)$/s.exec(field) ?? [];
    return `${name.toLowerCase().trim()}:${value.replace(/[ \t]+/g, " ").trim()}`;
  };
  const own = fields.find((field) => /^dkim-signature:/i.test(field)) ?? "";
  const tags = new Map(
    own
      .slice(15)
      .split(";")
      .map((tag) => {
        const at = tag.indexOf("=");
        return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s+/g, "")] as const;
      }),
  );
  const body = text
    .slice(split + 4)
    .replace(/[ \t]+/g, " ")
    .replace(/ (?=\r\n)/g, "")
    .replace(/(\r\n)*$/, "\r\n");
  if (createHash("sha256").update(body, "latin1").digest("base64") !== tags.get("bh")) return false;
  const left = fields.filter((field) => field !== own);
  const told = (tags.get("h") ?? "").split(":").flatMap((name) => {
    const at = left.findLastIndex((field) => canon(field).startsWith(`${name.toLowerCase()}:`));
    return at < 0 ? [] : left.splice(at, 1).map((field) => `${canon(field)}\r\n`);
  });
  const bytes = Buffer.from(`${told.join("")}${canon(own.replace(/([;\s]b=)[^;]*$/, "$1"))}`, "latin1");
  const signature = Buffer.from(tags.get("b") ?? "", "base64");
  if (tags.get("a") === "rsa-sha256") return verify("sha256", bytes, createPublicKey(key), signature);
  return verify(null, createHash("sha256").update(bytes).digest(), createPublicKey(key), signature);
}
