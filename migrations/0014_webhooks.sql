-- Webhooks: who is told when a verdict changes, what they are told, and every attempt to tell them. An old binary survives
-- it, and tells nobody.
create table webhook (
  id bigint generated always as identity primary key,
  url text not null,
  description text,
  -- Null: every product.
  products text[],
  events text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  created_by text not null,
  -- Nothing is sent meanwhile. What happens waits.
  paused_at timestamptz,
  paused_because text constraint webhook_pause_known check (paused_because in ('asked', 'gone', 'failing')),
  delivered_at timestamptz,
  -- Since the first failure behind the last success, and how many there were.
  failing_since timestamptz,
  failures integer not null default 0,
  -- Somebody sends to it now, or died over it: nobody else does before.
  sending_until timestamptz,
  -- It failed lately, and is left alone until then.
  rests_until timestamptz,
  constraint webhook_paused_for_a_reason check ((paused_at is null) = (paused_because is null))
);

-- As they are, since they sign. In a table of its own, so that a dump can leave it out.
create table webhook_secret (
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhook (id) on delete cascade,
  secret bytea not null,
  -- Null: the one that took the place of those which end.
  ends_at timestamptz
);
create index webhook_secret_by_webhook on webhook_secret (webhook_id, id);

create table webhook_event (
  -- What receivers tell repeated deliveries by.
  id text constraint webhook_event_once primary key,
  at timestamptz not null default clock_timestamp(),
  -- To the letter as it is signed and sent.
  body text not null
);
create index webhook_event_by_age on webhook_event (at);

create table webhook_delivery (
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhook (id) on delete cascade,
  event_id text not null references webhook_event (id) on delete cascade,
  -- What the event is about. Deliveries about one thing keep their order.
  subject text not null,
  status text not null default 'waiting'
    constraint webhook_delivery_status_known check (status in ('waiting', 'delivered', 'failed')),
  created_at timestamptz not null default clock_timestamp(),
  next_attempt_at timestamptz not null default clock_timestamp(),
  -- Since it was last told to begin anew: the first attempt, and how many failed.
  tried_since timestamptz,
  failures integer not null default 0,
  constraint webhook_delivery_once unique (webhook_id, event_id)
);
create index webhook_delivery_by_webhook on webhook_delivery (webhook_id, id desc);
create index webhook_delivery_by_event on webhook_delivery (event_id);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at, id) where status = 'waiting';
create index webhook_delivery_in_order on webhook_delivery (webhook_id, subject, id) where status = 'waiting';

create table webhook_attempt (
  delivery_id bigint not null references webhook_delivery (id) on delete cascade,
  -- Counts from 1 for each delivery.
  number integer not null,
  at timestamptz not null,
  duration_ms integer not null,
  -- Null: no answer came, and this is why.
  status_code integer,
  failure text,
  -- The beginning of an answer that was no success.
  excerpt text,
  constraint webhook_attempt_once primary key (delivery_id, number),
  constraint webhook_attempt_answered_or_not check ((status_code is null) = (failure is not null))
);

-- Gates whose verdicts are told when they change. A release is watched from its registration until it enters the last ring.
create table watched_gate (
  release_id bigint constraint watched_gate_once primary key references release (id),
  -- By ring, as it was last told.
  verdicts jsonb not null default '{}',
  -- The newest fact and the catalogue that those rest on; null: nobody looked yet.
  fact_at timestamptz,
  catalogue_at timestamptz,
  judged_at timestamptz,
  -- When time alone may change something; null: never.
  stands_until timestamptz
);
create index watched_gate_by_time on watched_gate (stands_until);

-- Since when there is somebody to tell; without a row there never was. Verdicts from before were told to nobody.
create table watching (
  only_row boolean primary key default true constraint watching_one_row check (only_row),
  since timestamptz not null
);

create function watch_gate() returns trigger
  language plpgsql
  as $$
  begin
    insert into watched_gate (release_id) values (new.id);
    -- Whoever tells of verdicts looks at it at once.
    perform pg_notify('holdfast_news', 'release:' || new.id);
    return null;
  end
  $$;
create trigger release_is_watched after insert on release for each row execute function watch_gate();

insert into watched_gate (release_id)
  select release.id
  from release join product on product.id = release.product_id
  where not exists (
    select from shipment
    where shipment.release_id = release.id and shipment.ring = product.body -> 'rings' ->> -1);
