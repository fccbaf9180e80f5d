-- Where contacts book a meeting with a user: a page of Cal.com, Calendly or any other program.

alter table users add column meeting_url text;
