// Which fault meets what. Facts in, verdict out.

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

export type Fault = SmtpFault | ApiFault;

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
