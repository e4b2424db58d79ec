-- Whoever waits for a verdict is told at once, on every instance: the functions that every change takes its instant from
-- also notify `holdfast_news`. PostgreSQL delivers that when the transaction commits, and not where it is rolled back.
-- An old binary survives it.
create or replace function next_catalogue_at() returns timestamptz
  language sql volatile
  begin atomic
    select pg_notify('holdfast_news', 'catalogue');
    insert into catalogue (at) values (clock_timestamp())
      on conflict (only_row) do update
        set at = greatest(clock_timestamp(), catalogue.at + interval '1 microsecond')
      returning at;
  end;

create or replace function next_fact_at(release_id bigint) returns timestamptz
  language sql volatile
  begin atomic
    select pg_notify('holdfast_news', 'release:' || release_id);
    update release
      set last_fact_at = greatest(
        clock_timestamp(), last_fact_at + interval '1 microsecond', (select at from catalogue))
      where id = release_id
      returning last_fact_at;
  end;
