// Whom an edit of a sequence's steps and mails is for.

import { z } from "zod";

/** To be sent with any call that changes steps or mails. */
export const editMode = z
  .enum(["live", "frozen"])
  .default("live")
  .describe(
    "Cadenza's own: `live` changes the steps for all contacts. `frozen` keeps the old steps for contacts already in the sequence; contacts added later get copies with new ids",
  );
