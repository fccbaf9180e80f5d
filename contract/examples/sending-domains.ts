import type { Example } from "../endpoint.ts";

const watching =
  "The DMARC record asks receivers to deliver emails that fail SPF and DKIM all the same. Once all your emails pass, use p=quarantine.";

export const sendingDomains: Record<string, readonly Example[]> = {
  "sendingDomains.findings": [
    {
      title: "A DMARC record that was published",
      input: { domain: "norrland.example.se" },
      answer: {
        findings: [
          {
            check: "dmarc",
            state: "good",
            code: "dmarc_watching",
            sentence: watching,
            evidence: "v=DMARC1; p=none; rua=mailto:nina@norrland.example.se",
            first_seen_at: "2026-02-03T08:00:00.000Z",
            last_seen_at: "2026-02-09T08:00:00.000Z",
            was: { state: "missing", evidence: null },
          },
        ],
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1 },
      },
    },
  ],
};
