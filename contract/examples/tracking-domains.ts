import type { Example } from "../endpoint.ts";

const domain = {
  id: "64f0aa0000000000000000d1",
  domain: "links.norrland.example.se",
  default: true,
  state: "unverified",
  verified_at: null,
  checked_at: "2026-02-03T08:00:00.000Z",
  fault: "no_record",
  sentence:
    "The DNS has no record for links.norrland.example.se. Publish a CNAME to crm.norrland.example.se.",
  record: { name: "links.norrland.example.se", type: "CNAME", value: "crm.norrland.example.se" },
  created_at: "2026-02-03T07:59:00.000Z",
};

export const trackingDomains: Record<string, readonly Example[]> = {
  "trackingDomains.list": [
    {
      title: "A domain whose DNS record is not there yet",
      input: {},
      answer: { tracking_domains: [domain] },
    },
  ],
};
