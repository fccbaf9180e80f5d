// Facts about people in the people database: ranks and departments read off a title where no source gives them, and how
// a name is shown before the person is saved.

export const SENIORITIES = [
  "owner",
  "founder",
  "c_suite",
  "partner",
  "vp",
  "head",
  "director",
  "manager",
  "senior",
  "entry",
  "intern",
] as const;
export type Seniority = (typeof SENIORITIES)[number];

export const PERSON_EMAIL_STATUSES = ["verified", "unverified", "likely to engage", "unavailable"] as const;

// The first that fits: a `Founder & CEO` is a founder, an `Assistant Director` a director.
const RANKS: readonly [Seniority, RegExp][] = [
  ["founder", /\b(?:co-?\s?)?founder\b/],
  ["owner", /\bowner\b/],
  ["intern", /\b(?:intern|trainee|apprentice|working student)\b/],
  ["partner", /\b(?:managing |general )?partner\b(?!ship)/],
  [
    "c_suite",
    /\b(?:chief\b.*\bofficer|c[eftiomrp]o|ciso|chro|managing director|president(?<!vice[ -]president))\b/,
  ],
  ["vp", /\b(?:[se]?vp|vice[ -]president)\b/],
  ["head", /\bhead\b/],
  ["director", /\bdirector\b/],
  ["manager", /\b(?:manager|mgr|lead|supervisor)\b/],
  ["senior", /\b(?:senior|sr|principal|staff|expert)\b/],
];

/** The same ranks as patterns for SQL. */
export const RANK_PATTERNS: readonly (readonly [Seniority, string])[] = RANKS.map(([rank, { source }]) => [
  rank,
  source,
]);

/** Null where there is no title; a title without a rank counts as entry. */
export function seniorityOf(title: string | null | undefined): Seniority | null {
  const words = title?.trim().toLowerCase();
  if (!words) return null;
  return RANKS.find(([, pattern]) => pattern.test(words))?.[0] ?? "entry";
}

const DEPARTMENTS: readonly [string, RegExp][] = [
  ["c_suite", /\b(?:chief\b.*\bofficer|c[eftiomrp]o|founder|managing director)\b/],
  [
    "engineering",
    /\b(?:engineer|engineering|developer|devops|software|architect|maintenance|reliability|automation|technical)\b/,
  ],
  [
    "information_technology",
    /\b(?:it|information technology|cio|ciso|systems? admin\w*|infrastructure|security)\b/,
  ],
  ["product_management", /\bproduct (?:manager|owner|lead|management)\b/],
  ["design", /\b(?:designer|design|ux|ui)\b/],
  ["sales", /\b(?:sales|account executive|business development|bdr|sdr|revenue|cro)\b/],
  ["marketing", /\b(?:marketing|brand|content|growth|communications|cmo)\b/],
  ["finance", /\b(?:finance|financial|cfo|accountant|accounting|controller|treasur\w+)\b/],
  ["human_resources", /\b(?:hr|human resources|people|talent|recruit\w+|chro)\b/],
  ["legal", /\b(?:legal|counsel|lawyer|attorney|compliance)\b/],
  [
    "operations",
    /\b(?:operations|coo|plant|production|procurement|supply chain|logistics|site|facility|quality|buyer|purchasing)\b/,
  ],
  ["support", /\b(?:support|customer (?:success|service))\b/],
  ["consulting", /\bconsult\w+\b/],
  ["education", /\b(?:teacher|professor|lecturer|education)\b/],
  ["medical_health", /\b(?:doctor|nurse|physician|medical|clinical)\b/],
];

export function departmentsOf(title: string | null | undefined): string[] {
  const words = title?.toLowerCase() ?? "";
  return DEPARTMENTS.filter(([, pattern]) => pattern.test(words)).map(([department]) => department);
}

/** `Okafor` is `Ok***r`: enough to recognise whom one knows, too little to look up whom one does not. */
export function obfuscated(lastName: string | null) {
  const letters = [...(lastName ?? "").trim()];
  if (letters.length === 0) return null;
  if (letters.length < 4) return `${letters[0]}***`;
  return `${letters.slice(0, 2).join("")}***${letters.at(-1)}`;
}

/** What older clients of Apollo's see for an address that the team has not paid for. */
export const LOCKED_EMAIL = "email_not_unlocked@domain.com";
