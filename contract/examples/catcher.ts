import type { Example } from "../endpoint.ts";

const caught = {
  id: "64f0aa0000000000000000d1",
  at: "2026-02-03T08:00:00.000Z",
  email_account_id: "64f0aa0000000000000000d2",
  from: "sofia@mail.nordhavn.example",
  to: "ines.okafor@norrland.example",
  subject: "Unplanned stops at Norrland",
  headers: { "message-id": "<7f3a9c@mail.nordhavn.example>", subject: "Unplanned stops at Norrland" },
  text: "Hi Ines, worth twenty minutes?",
  html: "<p>Hi Ines, worth twenty minutes?</p>",
};

export const catcher: Record<string, readonly Example[]> = {
  "catcher.list": [
    {
      title: "Emails to one contact",
      input: { to: "ines.okafor@norrland.example" },
      answer: {
        messages: [
          {
            ...caught,
            answers: [{ id: "64f0aa0000000000000000d3", at: "2026-02-03T08:00:09.000Z", kind: "reply" }],
          },
        ],
      },
    },
  ],
  "catcher.reply": [
    {
      isShownElsewhere: true,
      title: "Out of office",
      input: { id: caught.id, kind: "out_of_office", until: "2026-02-16" },
      answer: {
        message: {
          id: "64f0aa0000000000000000d4",
          at: "2026-02-03T08:00:10.000Z",
          email_account_id: caught.email_account_id,
          from: "",
          to: caught.from,
          subject: "Automatic reply: Unplanned stops at Norrland",
          text: "Thank you for your mail. I am out of the office until 16 February 2026 and will answer when I am back.\n",
          kind: "out_of_office",
        },
      },
    },
  ],
};
