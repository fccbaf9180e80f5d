// Why the database cannot be used, in words for operators. None of them holds the URL, in which a password may stand.

type Spoken = { code: string; message: string };

const PASSING: Record<string, string> = {
  "57P03": "it is starting up or recovering.",
  "57P01": "it is shutting down.",
  "25006": "it is read-only, as a standby is.",
  "53300": "it has no free connection.",
  ECONNREFUSED: "no server listens at its address.",
  ENOENT: "no server listens at its socket.",
  ENOTFOUND: "the host name of its server is unknown.",
  EAI_AGAIN: "the host name of its server cannot be looked up in DNS.",
  ETIMEDOUT: "its server does not answer.",
  EHOSTUNREACH: "no way leads to the address of its server.",
  ENETUNREACH: "no way leads to the network of its server.",
  ECONNRESET: "its server breaks off the connection.",
  EPIPE: "its server breaks off the connection.",
};

/** What the driver says without a code. */
const SAID: [said: RegExp, code: string][] = [
  [/^timeout expired$|timeout exceeded|due to connection timeout/, "ETIMEDOUT"],
  [/^Connection terminated/, "ECONNRESET"],
];

const UNTRUSTED =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_SIGNATURE_FAILURE)$/;

/** PgBouncer has one code for all of its own refusals. */
const POOLER = "08P01";

/** The first that holds. What waiting does not mend is said at once. */
const FOR_GOOD: [holds: (error: Spoken) => boolean, sentence: string][] = [
  [
    ({ code, message }) =>
      code === "28P01" ||
      (code === POOLER && /authentication failed|auth failed|no such user/i.test(message)),
    "The database rejects the password in DATABASE_URL. Correct it.",
  ],
  [
    ({ code, message }) => code === "28000" && /no encryption|SSL off/i.test(message),
    "The database's server does not let this user in without encryption. Set sslmode=require or sslmode=verify-full in DATABASE_URL.",
  ],
  [
    ({ code, message }) => code === "28000" && /client certificate/i.test(message),
    "The database's server wants a client certificate. Set sslcert and sslkey in DATABASE_URL.",
  ],
  [({ code }) => code === "28000", "The database rejects the user in DATABASE_URL. Correct it."],
  [
    ({ code, message }) => code === POOLER && message.startsWith("unsupported startup parameter"),
    "The connection pooler in DATABASE_URL takes no options. Remove options from the URL, or set ignore_startup_parameters = options in PgBouncer.",
  ],
  [
    ({ code, message }) => code === "3D000" || (code === POOLER && message.startsWith("no such database")),
    "The database in DATABASE_URL does not exist. Create it first.",
  ],
  [
    ({ message }) => message === "The server does not support SSL connections",
    "The database's server does not offer TLS. Turn it on there, or set sslmode=disable in DATABASE_URL.",
  ],
  [
    ({ code }) => UNTRUSTED.test(code),
    "The certificate of the database's server is not signed by an authority that Cadenza knows. Set sslrootcert in DATABASE_URL to the file of its root certificate.",
  ],
  [
    ({ code }) => code === "ERR_TLS_CERT_ALTNAME_INVALID",
    "The certificate of the database's server is for another host name than the one in DATABASE_URL. Use the name in the certificate, or set sslmode=verify-ca.",
  ],
  [
    ({ code }) => code === "CERT_HAS_EXPIRED",
    "The certificate of the database's server has expired. Renew it.",
  ],
  [
    ({ code }) => /^(?:ERR_SSL_|ERR_OSSL_|ERR_TLS_|EPROTO$|CERT_)/.test(code),
    "TLS with the database's server failed. Compare its certificate and its versions of TLS with sslmode, sslrootcert, sslcert and sslkey in DATABASE_URL.",
  ],
  [
    ({ message }) => message === "There was an error establishing an SSL connection",
    "What listens at the address in DATABASE_URL does not answer as PostgreSQL does. Correct the host and the port.",
  ],
];

/** Null where it may end by itself. */
export function whyForGood(error: unknown): string | null {
  const spoken = spokenBy(error);
  return FOR_GOOD.find(([holds]) => holds(spoken))?.[1] ?? null;
}

export function whyAway(error: unknown): string {
  const spoken = spokenBy(error);
  const said = SAID.find(([words]) => words.test(spoken.message))?.[1] ?? spoken.code;
  return (
    whyForGood(error) ?? PASSING[said] ?? `${(spoken.message || said || "no answer").replace(/\.$/, "")}.`
  );
}

/** A host name with several addresses fails with one error for each. */
function spokenBy(error: unknown): Spoken {
  const one = error instanceof AggregateError ? error.errors[0] : error;
  const { code = "", message = "" } = (one ?? {}) as Partial<Spoken>;
  return { code, message };
}
