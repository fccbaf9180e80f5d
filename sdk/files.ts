// Files on the wire: what is sent as one goes in a form, what comes as one is handed on as it arrives.

export type Download = {
  fileName: string | null;
  contentType: string;
  /** Arrives as it is read; a large file is never in memory as a whole. Read it once, in one of the three ways below. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  text(): Promise<string>;
};

export function downloadOf(response: Response): Download {
  return {
    fileName: fileNameIn(response.headers.get("content-disposition") ?? ""),
    contentType: response.headers.get("content-type") ?? "application/octet-stream",
    stream: () => response.body ?? new Blob([]).stream(),
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
    text: () => response.text(),
  };
}

/** The whole name where it is given (RFC 6266), otherwise the plain one. */
function fileNameIn(disposition: string) {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (whole !== undefined) return decoded(whole);
  return /filename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
}

function decoded(text: string) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Null where no parameter is a file. */
export function formOf(values: Record<string, unknown>): FormData | null {
  if (!Object.values(values).some((value) => value instanceof Blob)) return null;
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value instanceof Blob) form.append(name, value, value instanceof File ? value.name : name);
    else if (value !== undefined && value !== null)
      form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}
