-- Since when a sample is to fill the team; null once it has, or was left out because there were contacts already.
alter table teams add column sample_asked_at timestamptz;
