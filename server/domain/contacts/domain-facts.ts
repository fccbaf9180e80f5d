// What name servers answered about a domain that mail is sent from.

export type TxtAnswer =
  | { kind: "found"; texts: readonly string[] }
  | { kind: "none" }
  | { kind: "failed"; why: string };

/** What was asked and answered. */
export type DomainFacts = {
  /** Reserved for examples and tests: no name server is asked. */
  isReserved: boolean;
  spf: TxtAnswer;
  dmarc: TxtAnswer;
  /** Of the registered domain, where that is another one. */
  parentDmarc: TxtAnswer | null;
  /** For the key that was set when it was asked. */
  dkim: { selector: string; told: TxtAnswer } | null;
  /** Keys of providers that sign by themselves, under their usual names. */
  providers: Partial<Record<MailProvider, TxtAnswer>>;
  /** Records that the SPF record leads to. Facts that were read before these were asked for have neither. */
  spfTree?: Readonly<Record<string, TxtAnswer>>;
  services?: DomainServices;
};

export type MailProvider = "gmail" | "microsoft";

type MailServersTold =
  | { kind: "found"; hosts: readonly string[] }
  | { kind: "null_mx" }
  | { kind: "none" }
  | { kind: "failed"; why: string };

export type Listing = {
  list: string;
  /** `refused`: the list does not answer this name server. */
  told: "listed" | "clear" | "refused" | "failed";
  /** What the list says about it. */
  why: string | null;
};

type DomainServices = {
  mail: MailServersTold;
  mtaSts: TxtAnswer;
  tlsReports: TxtAnswer;
  bimi: TxtAnswer;
  listings: readonly Listing[];
};
