// Stands for the program that you test: it enrolls a contact in a sequence by the calls of Apollo's API.

export async function enroll(box, email) {
  const { email_account } = await box.call("POST", "/email_accounts", {
    email: "me@sender.example",
    type: "catcher",
  });
  const { emailer_campaign } = await box.call("POST", "/emailer_campaigns", {
    name: "Follow up",
    active: true,
    emailer_steps: [mail(1, 0), mail(2, 3), mail(3, 3)],
  });
  const { contact } = await box.call("POST", "/contacts", { first_name: "Ines", email });
  await box.call("POST", `/emailer_campaigns/${emailer_campaign.id}/add_contact_ids`, {
    contact_ids: [contact.id],
    emailer_campaign_id: emailer_campaign.id,
    send_email_from_email_account_id: email_account.id,
  });
}

function mail(number, days) {
  return {
    type: "auto_email",
    wait_time: days,
    wait_mode: "day",
    emailer_touches: [
      {
        status: "approved",
        emailer_template: { subject: `Mail ${number}`, body_html: "<p>Hello {{first_name}}</p>" },
      },
    ],
  };
}
