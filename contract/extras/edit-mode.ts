// Whom an edit of a sequence's steps and mails is for.

import { z } from "zod";

/** To be sent with any call that changes steps or mails. */
export const editMode = z
  .enum(["live", "frozen"])
  .default("live")
  .describe(
    "Cadenza's own: `live` also changes the steps for contacts already in the sequence. `frozen` keeps the old steps for them and changes copies with new ids for contacts added later",
  );
