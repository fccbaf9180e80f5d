-- That somebody works elsewhere now may move them to a stage, too.

alter domain mail_event drop constraint mail_event_check;
alter domain mail_event add check (value in ('delivered', 'opened', 'clicked', 'replied', 'interested', 'demoed', 'bounced',
   'spam_blocked', 'unsubscribed', 'out_of_office', 'finished', 'not_sent', 'unresponsive', 'job_changed'));
