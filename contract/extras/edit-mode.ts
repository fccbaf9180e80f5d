// Whom an edit of a sequence's steps and mails is for.

import { z } from "zod";

/** To be sent with any call that changes steps or mails. */
export const editMode = z
  .enum(["live", "frozen"])
  .default("live")
  .describe(
    "Cadenza's own: `live` changes them for whoever is in the sequence too; `frozen` leaves those people the steps and mails " +
      "as they were, to the end, and changes copies with ids of their own, for whoever joins",
  );
