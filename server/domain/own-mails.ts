// Mails that a person writes and sends by hand, one at a time.

/** What Apollo gives as the source of a due date after a person asked for a mail to go out at once. */
export const SENT_BY_HAND = "Email was sent using Send Now action";
