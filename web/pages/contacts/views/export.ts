// Records as a file: with everything that an import understands, or with the columns that the table shows, in its order.

import type { Download } from "@cadenza/sdk";
import { t } from "../../../language/t.ts";
import { cellOf } from "../../../parts/charts/chart-table.ts";
import { save } from "../../../parts/download.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";

export type ShownColumn = { id: string; header: string };

type Ask = (wish: { csv_columns?: string[] }) => Promise<Download>;

/** `shown`: only these columns, under the words of the screen. */
export async function exportRecords(name: string, ask: Ask, shown?: readonly ShownColumn[]) {
  toast(t("Preparing the file …"));
  try {
    const file = await ask(shown ? { csv_columns: shown.map(({ id }) => id) } : {});
    const bytes = await file.bytes();
    const parts = shown ? [headed(shown), bytes.subarray(headLength(bytes))] : [bytes];
    save(new Blob(parts as BlobPart[], { type: "text/csv" }), `${name}.csv`);
  } catch (error) {
    toast(accountFor(error, "reading").happened);
  }
}

function headed(shown: readonly ShownColumn[]) {
  return `${shown.map(({ header }) => cellOf(header)).join(",")}\r\n`;
}

const QUOTE = 34;
const LINE_FEED = 10;

/** The server's own first line, which may have breaks within quotation marks. */
function headLength(bytes: Uint8Array) {
  let isQuoted = false;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) isQuoted = !isQuoted;
    else if (bytes[at] === LINE_FEED && !isQuoted) return at + 1;
  }
  return bytes.length;
}
