import { VERDICT_SENTENCES } from "../../../domain/prospecting/address-verdict.ts";
import { stored } from "../../../kernel/moments.ts";
import type { CheckRow, Settings } from "./store.ts";

export function presentCheck({ email, status, code, evidence, checkedAt }: CheckRow) {
  return {
    email,
    status,
    code,
    sentence: VERDICT_SENTENCES[code],
    role: evidence.isRole,
    disposable: evidence.isDisposable,
    free_domain: evidence.isFree,
    catch_all: evidence.isCatchAll,
    evidence: { mail_servers: evidence.mailServers, asked: evidence.asked, said: evidence.said },
    checked_at: stored(checkedAt),
  };
}

export function presentVerificationSettings({ probes, probeFrom, probesPerDomain }: Settings) {
  return { probes, probe_from: probeFrom, probes_per_domain_per_hour: probesPerDomain };
}
