// Which fault meets what. Facts in, verdict out.

import { hash } from "node:crypto";

export type SmtpFault = {
  place: "smtp";
  settings: { at: "mail" | "rcpt" | "data"; reply: string; to?: string | undefined };
};

export type ApiFault = {
  place: "api";
  settings: {
    path: string;
    method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | undefined;
    status?: 429 | 500 | 502 | 503 | 504 | undefined;
    latency_ms?: number | undefined;
    lost?: boolean | undefined;
  };
};

export type ImapFault = {
  place: "imap";
  settings: { does: "drop" | "slow" | "bad_utf8"; latency_ms?: number | undefined };
};

export type WebhookFault = {
  place: "webhook";
  settings: { does: "lost" | "doubled" | "out_of_order"; type?: string | undefined };
};

export type ProviderFault = {
  place: "provider";
  settings: {
    provider?: string | undefined;
    status?: ApiFault["settings"]["status"];
    latency_ms?: number | undefined;
    lost?: boolean | undefined;
  };
};

type Rate = { share?: number | undefined; seed?: number | undefined };

export type Fault = (SmtpFault | ApiFault | ImapFault | WebhookFault | ProviderFault) & { settings: Rate };

export type SmtpMoment = { at: SmtpFault["settings"]["at"]; to: readonly string[] };
export type ApiCall = { method: string; path: string };

export function meetsSmtp({ settings: { at, to } }: SmtpFault, moment: SmtpMoment) {
  if (at !== moment.at) return false;
  if (to === undefined) return true;
  const wanted = to.trim().toLowerCase();
  return moment.to.some((address) => {
    const whole = address.toLowerCase();
    return whole === wanted || whole.slice(whole.lastIndexOf("@") + 1) === wanted;
  });
}

/** The path itself and all below it. */
export function meetsApi({ settings: { path, method } }: ApiFault, call: ApiCall) {
  if (method !== undefined && method !== call.method) return false;
  const wanted = path.endsWith("/") ? path.slice(0, -1) : path;
  return call.path === wanted || call.path.startsWith(`${wanted}/`);
}

export type WebhookMoment = { type: string; isLate: boolean };

/** What is late already is held no longer. */
export function meetsWebhook({ settings: { does, type } }: WebhookFault, event: WebhookMoment) {
  return (type === undefined || type === event.type) && !(does === "out_of_order" && event.isLate);
}

export function meetsProvider({ settings }: ProviderFault, { name }: { name: string }) {
  return settings.provider === undefined || settings.provider === name;
}

/** Whether it happens the nth time that it could: the same for the same seed, whenever that is. */
export function happensAt({ share = 100, seed = 0 }: Rate, position: number, nth: number) {
  const drawn = Number.parseInt(hash("sha256", `${seed} ${position} ${nth}`, "hex").slice(0, 8), 16);
  return drawn < (share / 100) * 2 ** 32;
}
