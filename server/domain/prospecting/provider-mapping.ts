// A provider without code of its own, described by a mapping: the address to call, what to send, and where in the
// answer each fact is. A filled-in value never becomes part of the template.

import type { OrganizationQuestion, PersonQuestion } from "./enrichment.ts";
import { fullName } from "./enrichment.ts";
import { isObject, readApolloOrganization, readApolloPerson } from "./provider-answers.ts";

const PROVIDER_VARIABLES = [
  "first_name",
  "last_name",
  "name",
  "email",
  "domain",
  "organization_name",
  "linkedin_url",
] as const;
type MappingVariable = (typeof PROVIDER_VARIABLES)[number];

const PERSON_FIELDS = [
  ...["id", "first_name", "last_name", "name", "title", "headline", "email", "email_status", "linkedin_url"],
  ...["twitter_url", "photo_url", "city", "state", "country", "seniority", "phone"],
  ...["organization_name", "organization_domain", "organization_linkedin_url", "organization_industry"],
  "organization_employees",
] as const;

const ORGANIZATION_FIELDS = [
  ...["id", "name", "domain", "website_url", "linkedin_url", "twitter_url", "logo_url", "phone", "industry"],
  ...[
    "estimated_num_employees",
    "annual_revenue",
    "total_funding",
    "founded_year",
    "city",
    "state",
    "country",
  ],
  ...["street_address", "postal_code", "short_description"],
] as const;

export type CallMapping = {
  method: "GET" | "POST";
  url: string;
  headers?: Record<string, string> | undefined;
  body?: unknown;
  /** By field: its path in the answer, as `data.emails[0].value`. */
  result: Record<string, string>;
};

type KeyPlace =
  | { in: "header"; name: string }
  | { in: "bearer" }
  | { in: "basic" }
  | { in: "query"; name: string };

export type ProviderMapping = {
  key: KeyPlace;
  person?: CallMapping | null;
  organization?: CallMapping | null;
};

type RequestValues = Partial<Record<MappingVariable, string>>;

export function valuesOfPerson(question: PersonQuestion): RequestValues {
  return said({
    first_name: question.firstName,
    last_name: question.lastName,
    name: fullName(question),
    email: question.email,
    domain: question.domain,
    organization_name: question.organizationName,
    linkedin_url: question.linkedinUrl,
  });
}

export function valuesOfOrganization({ domain, name, linkedinUrl }: OrganizationQuestion): RequestValues {
  return said({ domain, organization_name: name, name, linkedin_url: linkedinUrl });
}

function said(values: Record<string, string | null>): RequestValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as RequestValues;
}

export type FilledCall = {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body: string | null;
};

const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

/** The key goes where the mapping says. Variables that are not known are empty. */
export function fillCall(
  call: CallMapping,
  keyPlace: KeyPlace,
  values: RequestValues,
  key: string,
): FilledCall {
  const url = new URL(
    call.url.replace(VARIABLE, (_, name: MappingVariable) => encodeURIComponent(values[name] ?? "")),
  );
  const headers: Record<string, string> = { accept: "application/json" };
  for (const [name, value] of Object.entries(call.headers ?? {})) headers[name.toLowerCase()] = value;
  if (keyPlace.in === "query") url.searchParams.set(keyPlace.name, key);
  if (keyPlace.in === "header") headers[keyPlace.name.toLowerCase()] = key;
  if (keyPlace.in === "bearer") headers.authorization = `Bearer ${key}`;
  if (keyPlace.in === "basic") headers.authorization = `Basic ${btoa(key)}`;
  const hasBody = call.method === "POST";
  if (hasBody) headers["content-type"] = "application/json";
  return {
    method: call.method,
    url: url.href,
    headers,
    body: hasBody ? JSON.stringify(fillBody(call.body ?? {}, values)) : null,
  };
}

function fillBody(part: unknown, values: RequestValues): unknown {
  if (typeof part === "string") {
    const only = /^\{\{\s*(\w+)\s*\}\}$/.exec(part)?.[1] as MappingVariable | undefined;
    if (only) return values[only] ?? null;
    return part.replace(VARIABLE, (_, name: MappingVariable) => values[name] ?? "");
  }
  if (Array.isArray(part)) return part.map((one) => fillBody(one, values));
  if (!isObject(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fillBody(value, values)]));
}

/** `data.emails[0].value`; undefined where there is nothing. Only what the answer itself holds is looked at. */
export function valueAtPath(answer: unknown, path: string): unknown {
  let at: unknown = answer;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== "")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

export function readProviderPerson({ result }: CallMapping, answer: unknown) {
  const found = fieldsIn(result, answer);
  const organization = {
    name: found.organization_name,
    primary_domain: found.organization_domain,
    linkedin_url: found.organization_linkedin_url,
    industry: found.organization_industry,
    estimated_num_employees: found.organization_employees,
  };
  const phone_numbers = found.phone === undefined ? undefined : [{ number: found.phone }];
  return readApolloPerson({ ...found, organization, phone_numbers });
}

export function readOrganization({ result }: CallMapping, answer: unknown) {
  const found = fieldsIn(result, answer);
  return readApolloOrganization({ ...found, primary_domain: found.domain });
}

function fieldsIn(result: Record<string, string>, answer: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(result).map(([field, path]) => [field, valueAtPath(answer, path)]),
  );
}

type MappingFault = "url" | "header" | "variable" | "field" | "nothing";

/** The first thing wrong with a mapping, or null. */
export function faultInMapping({
  person,
  organization,
}: ProviderMapping): { what: MappingFault; where: string } | null {
  if (!person && !organization) return { what: "nothing", where: "mapping" };
  for (const [call, fields] of [
    [person, PERSON_FIELDS],
    [organization, ORGANIZATION_FIELDS],
  ] as const) {
    if (!call) continue;
    const whole = JSON.stringify([call.url, call.body ?? null]);
    const unknown = [...whole.matchAll(VARIABLE)].find(
      ([, name]) => !PROVIDER_VARIABLES.includes(name as MappingVariable),
    );
    if (unknown) return { what: "variable", where: unknown[1] ?? "" };
    const target = URL.parse(call.url.replace(VARIABLE, "x"));
    // Where it is called is no one's to fill in: a contact's field must not choose the host.
    const host = /^https?:\/\/([^/?#]*)/i.exec(call.url)?.[1] ?? "{{";
    if (!target || host.includes("{{")) return { what: "url", where: call.url };
    const header = Object.entries(call.headers ?? {}).find(
      ([name, value]) =>
        !/^[\w-]{1,100}$/.test(name) || /[\r\n\0]/.test(value) || HEADERS_OF_OURS.has(name.toLowerCase()),
    );
    if (header) return { what: "header", where: header[0] };
    const field = Object.keys(call.result).find((name) => !(fields as readonly string[]).includes(name));
    if (field) return { what: "field", where: field };
    if (Object.keys(call.result).length === 0) return { what: "nothing", where: "result" };
  }
  return null;
}

const HEADERS_OF_OURS = new Set(["host", "content-length", "transfer-encoding", "connection", "cookie"]);
