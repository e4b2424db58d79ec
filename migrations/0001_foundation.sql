-- One text form for instants, the same that the service prints: whole seconds, or exactly six decimals.
-- An old binary survives it.
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
