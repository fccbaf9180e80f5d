// Where traces go, read from the variables that OpenTelemetry has for it.

import { absoluteUrl, BadConfiguration, type Get, list, oneOf } from "./setting-values.ts";

export type TraceSettings = {
  url: string;
  host: string;
  port: number;
  headers: Readonly<Record<string, string>>;
  /** Of the resource: what names this installation. */
  resource: Readonly<Record<string, string>>;
  sampler: { ratio: number; followsCaller: boolean };
};

const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** Null: no traces. */
export function readTraces(get: Get): TraceSettings | null {
  const base = get("OTEL_EXPORTER_OTLP_ENDPOINT");
  const whole = get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  const address = whole || (base && `${base.replace(/\/$/, "")}/v1/traces`);
  if (!address || get("OTEL_SDK_DISABLED").toLowerCase() === "true") return null;
  const named = whole ? "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" : "OTEL_EXPORTER_OTLP_ENDPOINT";
  const url = absoluteUrl(named, address);
  // Others are spoken by collectors, not by us: nothing would arrive.
  oneOf("OTEL_EXPORTER_OTLP_PROTOCOL", get("OTEL_EXPORTER_OTLP_PROTOCOL"), ["http/json"]);
  return {
    url: url.href,
    host: url.hostname,
    port: Number(url.port || (url.protocol === "https:" ? 443 : 80)),
    headers: pairs("OTEL_EXPORTER_OTLP_HEADERS", get("OTEL_EXPORTER_OTLP_HEADERS")),
    resource: {
      ...pairs("OTEL_RESOURCE_ATTRIBUTES", get("OTEL_RESOURCE_ATTRIBUTES")),
      "service.name": get("OTEL_SERVICE_NAME"),
    },
    sampler: samplerOf(get),
  };
}

function samplerOf(get: Get): TraceSettings["sampler"] {
  const name = oneOf("OTEL_TRACES_SAMPLER", get("OTEL_TRACES_SAMPLER"), SAMPLERS);
  const text = get("OTEL_TRACES_SAMPLER_ARG");
  const asked = Number(text);
  if (!(asked >= 0 && asked <= 1))
    throw new BadConfiguration(`OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "${text}".`);
  const ratio = name.endsWith("always_on") ? 1 : name.endsWith("always_off") ? 0 : asked;
  return { ratio, followsCaller: name.startsWith("parentbased") };
}

/** As in `api-key=secret,other=words%20with%20blanks`. */
function pairs(setting: string, text: string): Record<string, string> {
  return Object.fromEntries(
    list(text).map((entry) => {
      const at = entry.indexOf("=");
      try {
        if (at < 1) throw new Error("no name");
        return [entry.slice(0, at).trim(), decodeURIComponent(entry.slice(at + 1).trim())];
      } catch {
        throw new BadConfiguration(
          `${setting} must be name=value, separated by commas, with % before codes.`,
        );
      }
    }),
  );
}
