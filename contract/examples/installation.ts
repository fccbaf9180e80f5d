import type { Example } from "../endpoint.ts";

export const installation: Record<string, readonly Example[]> = {
  "installation.show": [
    {
      title: "The database may be a copy",
      input: {},
      answer: {
        installation: {
          sending: {
            held: true,
            held_since: "2026-03-02T08:00:00.000Z",
            may_confirm: true,
            reasons: [{ code: "copied_folder", says: "the data folder was copied or restored" }],
          },
        },
      },
    },
  ],
  "installation.confirmSending": [
    {
      title: "Confirm that it is not a copy",
      input: {},
      answer: {
        installation: { sending: { held: false, held_since: null, may_confirm: true, reasons: [] } },
      },
    },
  ],
};
