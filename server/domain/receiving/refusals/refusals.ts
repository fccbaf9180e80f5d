// How the words of mail servers are noted, and where they were found.

export type Refusals = {
  server: string;
  /**
   * `source`: the server's own program. `documentation`: the maker's or provider's page, or a standard. `reports`: real
   * reports that others collected.
   */
  found: "source" | "documentation" | "reports";
  where: string;
  hard?: readonly string[];
  soft?: readonly string[];
  policy?: readonly string[];
};

export const FIELD_MANUAL = "smtpfieldmanual.com (github.com/ActiveCampaign/smtp-field-manual, data/codes)";
export const SISIMAI = "github.com/sisimai/set-of-emails and p5-sisimai";
export const ZONE_MTA = "github.com/zone-eu/zone-mta, config/bounces.txt";
export const BOUNCE_HANDLER = "github.com/twisted1919/bounce-handler, BounceHandler/rules.php";
export const BOUNCED_CLINIC = "clinician.rgnmed.com/support-admin/bounced-emails";
export const KUMO_MTA = "github.com/KumoCorp/kumomta, assets/community/bounces.toml";
