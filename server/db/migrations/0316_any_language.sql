-- Which languages there are is said in one place, the contract, which refuses all others. Here only the form of a code is held.
alter table users drop constraint users_language_check;
alter table users add constraint users_language_check check (language ~ '^[a-z]{2,3}$');
alter table push_subscriptions drop constraint push_subscriptions_language_check;
alter table push_subscriptions add constraint push_subscriptions_language_check check (language ~ '^[a-z]{2,3}$');
