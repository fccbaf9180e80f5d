// A form with a file in it (RFC 7578), read as it arrives: small parts are text, the file is handed on piece by piece.
//
// Easy to get wrong: the boundary may lie across two pieces, so as many bytes as it is long are always kept back; and a
// stranger chooses names, counts and lengths, so each has a limit.

export class BadForm extends Error {}

type FormSink = {
  text(name: string, value: string): void;
  /** Answers what takes the file's bytes. */
  file(name: string, fileName: string): (piece: Buffer) => Promise<void>;
};

const LONGEST_HEAD = 16_384;
const LONGEST_TEXT = 1_048_576;
const MOST_PARTS = 100;
const BLANK_LINE = Buffer.from("\r\n\r\n");

export function boundaryOf(contentType: string) {
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new BadForm("its boundary is missing");
  return boundary;
}

export async function readForm(pieces: AsyncIterable<Buffer>, boundary: string, sink: FormSink) {
  const mark = Buffer.from(`\r\n--${boundary}`);
  let held: Buffer = Buffer.from("\r\n"); // so that the first boundary looks like all others
  let part: Part | null = null;
  let state: "before" | "head" | "body" | "end" = "before";
  let parts = 0;
  for await (const piece of pieces) {
    if (state === "end") continue; // read to its end, so that the answer can be given
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    for (let goesOn = true; goesOn; ) {
      goesOn = false;
      if (state === "head") {
        const end = held.indexOf(BLANK_LINE);
        if (held.subarray(0, 4).toString("latin1").startsWith("--")) state = "end";
        else if (end < 0 && held.length > LONGEST_HEAD) throw new BadForm("the header of a part is too long");
        else if (end >= 0) {
          if (++parts > MOST_PARTS) throw new BadForm("it has too many parts");
          part = openPart(held.subarray(0, end).toString("utf8"), sink);
          held = held.subarray(end + BLANK_LINE.length);
          [state, goesOn] = ["body", true];
        }
      } else if (state !== "end") {
        const at: number = held.indexOf(mark);
        const sure: number = at >= 0 ? at : Math.max(0, held.length - mark.length + 1);
        if (part && sure > 0) await part.take(held.subarray(0, sure));
        if (at >= 0) {
          part?.close();
          part = null;
          held = held.subarray(at + mark.length);
          [state, goesOn] = ["head", true];
        } else held = held.subarray(sure);
      }
    }
  }
  if (state !== "end") throw new BadForm("it ends before the last boundary");
}

type Part = { take(piece: Buffer): Promise<void>; close(): void };

function openPart(head: string, sink: FormSink): Part {
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
  const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined || name.length > 200) throw new BadForm("a part has no name");
  const fileName = /[;\s]filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (fileName !== undefined) return { take: sink.file(name, fileName), close() {} };
  const texts: Buffer[] = [];
  let length = 0;
  return {
    async take(piece) {
      length += piece.length;
      if (length > LONGEST_TEXT) throw new BadForm(`the part ${name.slice(0, 50)} is too long`);
      texts.push(Buffer.from(piece));
    },
    close: () => sink.text(name, new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(texts))),
  };
}
