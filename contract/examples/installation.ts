import type { Example } from "../endpoint.ts";

const backups = {
  scheduled: true,
  folder: "/var/backups/cadenza",
  hour: 3,
  keep: "7d 4w 6m",
  recipients: [],
  running: false,
  next_at: "2026-03-03T03:00:00Z",
  trouble: null,
  last_good: null,
  runs: [],
};

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
  "installation.backups": [{ title: "Before the first one", input: {}, answer: { backups } }],
  "installation.backUp": [
    {
      title: "One now",
      isShownElsewhere: true,
      input: {},
      answer: { backups: { ...backups, running: true, next_at: null } },
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
