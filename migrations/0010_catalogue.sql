-- One number that moves with every change to products, checks and incidents, in the change's own transaction. Whoever has
-- read them before can ask whether they are still so. An old binary survives it.
create table catalogue (
  only_row boolean primary key default true constraint catalogue_one_row check (only_row),
  revision bigint not null
);

create function move_catalogue() returns trigger
  language plpgsql
  as $$
  begin
    insert into catalogue (revision) values (1)
      on conflict (only_row) do update set revision = catalogue.revision + 1;
    return null;
  end $$;

create trigger product_moves_catalogue after insert on product_revision
  for each statement execute function move_catalogue();
create trigger check_moves_catalogue after insert on regression_check_revision
  for each statement execute function move_catalogue();
create trigger incident_moves_catalogue after insert on incident_revision
  for each statement execute function move_catalogue();
