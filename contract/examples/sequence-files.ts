import type { Example } from "../endpoint.ts";

const files = [
  {
    path: "sequences/intro/sequence.yaml",
    text: "key: intro\nname: Intro\nsteps:\n  - type: auto_email\n    wait: 0 minutes\n    variants:\n      - mail: step-01.html\n",
  },
  {
    path: "sequences/intro/step-01.html",
    text: "---\nsubject: Hello {{first_name}}\n---\n<p>Hello {{first_name}}</p>\n",
  },
];

const unchanged = { in_sequence: 0, keep_version: 0, move: 0, by_step: [] };

export const sequenceFiles: Record<string, readonly Example[]> = {
  "sequences.exportFiles": [
    {
      title: "One sequence",
      input: { id: "64f0aa00000000000000005e" },
      answer: { key: "intro", files },
    },
  ],
  "sequences.appliedFile": [
    {
      title: "Edited in the app since",
      input: { id: "64f0aa00000000000000005e" },
      answer: {
        applied: {
          key: "intro",
          applied_at: "2026-11-20T09:00:00.000Z",
          drift: [{ where: "", what: "name", before: "Intro", after: "Introduction" }],
        },
      },
    },
  ],
  "sequences.importFiles": [
    {
      title: "A new sequence",
      input: { files },
      answer: {
        plan: [
          {
            kind: "sequence",
            key: "intro",
            id: "64f0aa00000000000000005e",
            name: "Intro",
            path: "sequences/intro/sequence.yaml",
            verdict: "create",
            held_because: null,
            changes: [],
            drift: [],
            contacts: unchanged,
          },
        ],
        has_changes: true,
        held: 0,
        findings: [
          {
            file: "sequences/intro/sequence.yaml",
            line: 4,
            severity: "warning",
            code: "no_unsubscribe_line",
            sentence:
              "No line of the email says how to unsubscribe, and the team adds none. The headers of every email do.",
          },
        ],
      },
    },
  ],
};
