-- What the executions of the last report come to at least, those without a price counted: units of the order. NULL while
-- all of them are priced. An order that ended must not count as one in which nothing, or less, traded.
ALTER TABLE orders ADD COLUMN least_filled_quantity TEXT
  CONSTRAINT orders_least_filled_quantity_decimal CHECK (
    least_filled_quantity GLOB '[0-9]*' AND least_filled_quantity GLOB '*[0-9]' AND
    least_filled_quantity NOT GLOB '*[^0-9.]*' AND least_filled_quantity NOT GLOB '0[0-9]*' AND
    least_filled_quantity NOT GLOB '*.*.*' AND least_filled_quantity NOT GLOB '*.*0'
  );
