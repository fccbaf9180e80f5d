// How promising a contact is, from 0 to 100, by a formula anybody can read: the sum of the lines that apply. Tasks and
// mails are sorted by it, so it looks at nothing that changes with the clock alone.

export type ScoreFacts = {
  email: string | null;
  emailStatus: string | null;
  mayBeContacted: boolean; // false once unsubscribed, bounced or barred
  hasPhone: boolean;
  title: string | null;
  accountId: string | null;
  linkedinUrl: string | null;
  timeZone: string | null;
  hasChangedJob: boolean;
  hasOpened: boolean;
  hasClicked: boolean;
};

type Line = { code: string; points: number; says: string; applies: (facts: ScoreFacts) => boolean };

const LEADERS = /\b(?:chief|c[etfimorps]o|founder|owner|president|partner)\b/i;
const HEADS = /\b(?:vp|vice[ -]president|head|director|manager)\b/i;

const LINES: readonly Line[] = [
  { code: "verified_email", points: 25, says: "A verified email address", applies: isVerified },
  { code: "unverified_email", points: 10, says: "An email address nobody verified", applies: isUnverified },
  { code: "phone", points: 10, says: "A phone number", applies: (facts) => facts.hasPhone },
  { code: "leader", points: 15, says: "Leads the company", applies: (facts) => isLeader(facts.title) },
  { code: "head", points: 10, says: "Leads a part of the company", applies: (facts) => isHead(facts.title) },
  {
    code: "account",
    points: 10,
    says: "Works at a company of ours",
    applies: (facts) => facts.accountId !== null,
  },
  { code: "linkedin", points: 5, says: "A LinkedIn profile", applies: (facts) => facts.linkedinUrl !== null },
  { code: "time_zone", points: 5, says: "A known time zone", applies: (facts) => facts.timeZone !== null },
  { code: "job_change", points: 10, says: "Changed jobs", applies: (facts) => facts.hasChangedJob },
  { code: "opened", points: 5, says: "Opened a mail", applies: (facts) => facts.hasOpened },
  { code: "clicked", points: 15, says: "Clicked a link", applies: (facts) => facts.hasClicked },
];

export type ScorePart = { code: string; points: number; says: string };

export function prospectScore(facts: ScoreFacts): { score: number; parts: ScorePart[] } {
  if (!facts.mayBeContacted) {
    return { score: 0, parts: [{ code: "not_to_be_contacted", points: 0, says: "Must not be contacted" }] };
  }
  const parts = LINES.filter((line) => line.applies(facts)).map(({ code, points, says }) => ({
    code,
    points,
    says,
  }));
  return { score: parts.reduce((sum, part) => sum + part.points, 0), parts };
}

function isVerified({ email, emailStatus }: ScoreFacts) {
  return email !== null && emailStatus === "verified";
}

function isUnverified(facts: ScoreFacts) {
  return facts.email !== null && !isVerified(facts);
}

function isLeader(title: string | null) {
  return title !== null && LEADERS.test(title) && !/vice[ -]president/i.test(title);
}

function isHead(title: string | null) {
  return title !== null && HEADS.test(title) && !isLeader(title);
}
