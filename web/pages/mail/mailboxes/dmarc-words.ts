import { t } from "../../../language/t.ts";
import type { DmarcSummary } from "./queries.ts";

/** What the reports mean, and what to do. */
export function adviceSays({ advice, sources, report_addresses }: DmarcSummary): string {
  const { code, emails, ip, policy } = advice;
  const elsewhere = report_addresses.map(({ email }) => email).join(", ");
  switch (code) {
    case "look_at_source":
      return failureSays(emails, ip, sources.find((one) => one.ip === ip)?.spf_name ?? null);
    case "tighten":
      return t(
        "{emails, plural, one {The # email passes} other {All # emails pass}}: the policy can become {policy}.",
        { emails, policy },
      );
    case "wait_longer":
      return t(
        "All reported emails pass. Wait for reports of seven days and 20 emails before you tighten the policy.",
      );
    case "keep":
      return t("All reported emails pass. Nothing to do.");
    case "wait_for_reports":
      return t(
        "Reports come to a connected mailbox and are read. The first one comes a day or two after an email.",
      );
    case "not_read":
      return t("Reports go to {elsewhere}, which is not a connected mailbox, so they are not read.", {
        elsewhere,
      });
    case "add_address":
      return t("The DMARC record asks for no reports. Reports are read if they come to a connected mailbox.");
    case "publish":
      return t(
        "The domain has no DMARC record. With it, providers send reports; they are read if they come to a connected mailbox.",
      );
    case "unknown":
      return t("No reports yet. The domain's DMARC record is not known until the domain is checked.");
  }
}

function failureSays(emails: number, ip: string | null, name: string | null) {
  if (ip === null)
    return t("{emails, plural, one {# email} other {# emails}} of many small sources fail.", {
      emails,
    });
  if (name === null)
    return t(
      "{emails, plural, one {# email} other {# emails}} of {ip} fail: is this a server of yours? If so, add it to SPF and sign with DKIM.",
      { emails, ip },
    );
  return t(
    "{emails, plural, one {# email} other {# emails}} of {ip}, which your SPF record names, fail: sign them with DKIM as this domain.",
    { emails, ip },
  );
}
