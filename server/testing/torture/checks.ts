// The checks in words, and how much of what each of them looks at (verdict.ts counts it).

type Check = { id: string; says: string; of: string };

const check = (id: string, of: string, says: string): Check => ({ id, of, says });

export const CHECKS: readonly Check[] = [
  check("I01", "mails", "one step taken twice for one person"),
  check("I02", "mails", "one Message-ID taken twice"),
  check("I03", "slots", "sent, and never taken"),
  check("I04", "mails", "taken, and said to be failed, planned, skipped or cancelled"),
  check("I05", "mails", "taken, and known to nobody"),
  check("I06", "slots", "claimed or at the dot after all has settled"),
  check(
    "I07",
    "doubts",
    "in doubt without a fault that struck it at the dot; or struck there and not in doubt",
  ),
  check("I08", "attempts", "tried again after an attempt that passed the dot"),
  check("I09", "stops", "let go after a stop was told"),
  check("I10", "stops", "taken long after an unsubscribe"),
  check("I11", "slots", "let go while the enrollment was not active"),
  check("I12", "laterSteps", "a step before the one before it"),
  check("I13", "limitedMails", "more in 24 hours than the limit"),
  check("I14", "limitedMails", "more in an hour than the limit"),
  check("I15", "mails", "let go outside its hours"),
  check("I16", "slots", "from the mailbox of another team"),
  check("I17", "enrollments", "twice in one sequence at once"),
  check("I18", "jobs", "a finished job without one verdict for each"),
  check("I19", "injected", "come in, and never taken in"),
  check("I20", "injected", "taken in twice"),
  check("I21", "injected", "taken for something else"),
  check("I22", "events", "an event that never ended anywhere"),
  check("I23", "webhooks", "told of what never happened"),
  check("I24", "webhooks", "signed wrongly"),
  check("I25", "webhooks", "delivered again after it was taken"),
  check("I26", "mails", "to more than one recipient"),
  check("I27", "mails", "to somebody else"),
  check("I28", "mails", "without both unsubscribe headers"),
  check("I29", "laterSteps", "outside its thread"),
  check("I30", "laterSteps", "sooner than the wait before it"),
  check("I31", "runs", "a table of a team's without its row security"),
  check("I32", "runs", "the application's role can get around it"),
  check("I33", "answers", "an acknowledged write that is gone"),
  check("I34", "answers", "another answer, or a second effect, under the same idempotency key"),
  check("I35", "sequences", "a sequence that counts otherwise than its rows"),
  check("I36", "attempts", "a sent mail planned again, a removed person mailed (I04, I08, I09, I11)"),
];
