// What receivers report of a domain that mailboxes send from, and what its checks found over time.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const policy = z.enum(["none", "quarantine", "reject"]);
const domain = fields.text(253);

const figures = {
  emails: z.int(),
  passed: z.int().describe("Aligned DKIM or SPF"),
  dkim_passed: z.int(),
  spf_passed: z.int(),
};

const record = z.strictObject({ name: z.string(), type: z.literal("TXT"), value: z.string() }).nullable();
const state = z.enum(["good", "missing", "faulty", "unset"]);

const summary = z.strictObject({
  domain: z.string(),
  days: z.int(),
  ...figures,
  by_day: z.array(z.strictObject({ day: z.iso.date(), ...figures })),
  sources: z.array(
    z.strictObject({
      ip: z.string().nullable().describe("null: many small sources"),
      ...figures,
      quarantined: z.int(),
      rejected: z.int(),
      forwarded: z.int().describe("Failed because they were forwarded"),
      spf_name: z.string().nullable().describe("The part of your SPF record that names it"),
    }),
  ),
  organizations: z.array(
    z.strictObject({ name: z.string(), reports: z.int(), emails: z.int(), last_ends_at: fields.stamp }),
  ),
  record: z.string().nullable(),
  report_addresses: z.array(
    z.strictObject({ email: z.string(), read: z.boolean().describe("A connected mailbox") }),
  ),
  advice: z.strictObject({
    code: z.enum([
      "unknown",
      "publish",
      "add_address",
      "not_read",
      "wait_for_reports",
      "look_at_source",
      "wait_longer",
      "tighten",
      "keep",
    ]),
    emails: z.int(),
    ip: z.string().nullable(),
    policy: z.enum(["quarantine", "reject"]).nullable(),
    record,
  }),
});

const report = z.strictObject({
  id: fields.id,
  domain: z.string(),
  organization: z.string(),
  report_id: z.string(),
  from_email: z.string().nullable(),
  begins_at: fields.stamp,
  ends_at: fields.stamp,
  received_at: fields.stamp,
  policy,
  subdomain_policy: policy.nullable(),
  percent: z.int(),
  dkim_alignment: z.enum(["relaxed", "strict"]),
  spf_alignment: z.enum(["relaxed", "strict"]),
  unread_rows: z.int(),
  ...figures,
  rows: z
    .array(
      z.strictObject({
        ip: z.string().nullable(),
        emails: z.int(),
        disposition: policy,
        dkim_aligned: z.boolean(),
        spf_aligned: z.boolean(),
        dkim_result: z.string().nullable(),
        dkim_domain: z.string().nullable(),
        spf_result: z.string().nullable(),
        spf_domain: z.string().nullable(),
        header_from: z.string().nullable(),
        reasons: z.array(z.string()),
      }),
    )
    .describe("The 100 with the most emails"),
});

const finding = z.strictObject({
  check: z.enum(["spf", "dkim", "dmarc", "mx", "blocklists", "mta_sts", "tls_reports", "bimi"]),
  state,
  code: z.string(),
  sentence: z.string(),
  evidence: z.string().nullable(),
  first_seen_at: fields.stamp,
  last_seen_at: fields.stamp,
  was: z.strictObject({ state, evidence: z.string().nullable() }).nullable(),
});

export const sendingDomains = {
  dmarc: endpoint({
    method: "GET",
    path: "/sending_domains/{domain}/dmarc",
    scope: "sending_domains/dmarc",
    access: "scoped",
    effect: "read",
    summary: "Summarize the DMARC reports about a sending domain",
    input: z.object({ domain, days: z.int().min(1).max(400).default(30) }),
    output: z.strictObject({ dmarc: summary }),
  }),

  reports: endpoint({
    method: "GET",
    path: "/sending_domains/{domain}/dmarc_reports",
    scope: "sending_domains/dmarc_reports",
    access: "scoped",
    effect: "read",
    summary: "List the DMARC reports about a domain",
    description:
      "Newest first. They are read from connected mailboxes. Reports of the registered domain above are included with their rows about this domain.",
    input: z.object({
      domain,
      day: fields.day.optional().describe("Only reports that begin on this day, in UTC"),
      ...fields.paging,
    }),
    output: z.strictObject({ dmarc_reports: z.array(report), pagination: fields.pagination }),
  }),

  findings: endpoint({
    method: "GET",
    path: "/sending_domains/{domain}/findings",
    scope: "sending_domains/findings",
    access: "scoped",
    effect: "read",
    summary: "List what the checks of a sending domain found over time",
    description: "One entry for each result that differs from the one before, newest first.",
    input: z.object({ domain, ...fields.paging }),
    output: z.strictObject({ findings: z.array(finding), pagination: fields.pagination }),
  }),
};
