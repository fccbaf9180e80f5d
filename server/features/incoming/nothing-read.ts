import type { IncomingMail } from "../../domain/incoming-mail.ts";

/** A mail of which nothing could be read. */
export const NOTHING_READ: Omit<IncomingMail, "contentKey" | "size" | "unreadable"> = {
  ...{
    messageId: null,
    inReplyTo: [],
    references: [],
    from: null,
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
  },
  ...{ deliveredTo: [], returnPath: null, subject: "", date: null, utcOffset: null, headers: {}, text: "" },
  ...{ textFrom: null, isTextCut: false, reportType: null, deliveryStatuses: [], disposition: null },
  ...{ feedback: null, original: null, calendar: null, attachments: [] },
};
