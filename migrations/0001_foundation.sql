-- What every other table leans on: one text form for instants, spans of text, and the catalogue's clock.
-- An old binary survives it.

-- The form that the service prints: whole seconds, or exactly six decimals.
create function instant_text(at timestamptz) returns text
  language sql stable parallel safe
  return replace(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000Z', 'Z');

-- A list of texts out of a document, null where the document does not say.
create function texts_of(list jsonb) returns text[]
  language sql immutable parallel safe
  return case when list is null or jsonb_typeof(list) <> 'array' then null
    else array(select jsonb_array_elements_text(list)) end;

-- Spans of text in the order of its bytes. Versions have a text that sorts as they do, so an index on spans finds the
-- recorded ranges that a version lies in.
create type text_span as range (subtype = text, collation = "C");

-- When products, checks and incidents last changed: all of them together are the catalogue that releases are judged by.
create table catalogue (
  only_row boolean primary key default true constraint catalogue_one_row check (only_row),
  at timestamptz not null
);

-- The instant for a change of the catalogue: the database's clock, later than every change before it. It holds the
-- catalogue's row until the transaction ends, so changes become known in the order of their instants.
create function next_catalogue_at() returns timestamptz
  language sql volatile
  begin atomic
    insert into catalogue (at) values (clock_timestamp())
      on conflict (only_row) do update
        set at = greatest(clock_timestamp(), catalogue.at + interval '1 microsecond')
      returning at;
  end;
