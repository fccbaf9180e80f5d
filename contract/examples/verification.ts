import type { Example } from "../endpoint.ts";

const result = {
  email: "ines.okafor@norrland.no",
  status: "verified",
  code: "mailbox_exists",
  sentence: "The mail server accepts this address and rejects made-up ones.",
  role: false,
  disposable: false,
  free_domain: false,
  catch_all: false,
  evidence: { mail_servers: ["mx1.norrland.no"], asked: "mx1.norrland.no", said: "250 2.1.5 Ok" },
  checked_at: "2026-02-03T08:00:00.000Z",
};

export const verification: Record<string, readonly Example[]> = {
  "emailVerifications.check": [
    { title: "One address", input: { email: result.email }, answer: { email_verification: result } },
  ],
  "emailPatterns.guess": [
    {
      title: "A person at a company with three known email addresses",
      input: { first_name: "Ole", last_name: "Dahl", domain: "norrland.no" },
      answer: {
        domain: "norrland.no",
        learnt_from: 3,
        candidates: [
          {
            email: "ole.dahl@norrland.no",
            pattern: "first.last",
            confidence: 0.76,
            email_status: "unverified",
          },
          { email: "odahl@norrland.no", pattern: "flast", confidence: 0.06, email_status: "unverified" },
        ],
      },
    },
  ],
};
