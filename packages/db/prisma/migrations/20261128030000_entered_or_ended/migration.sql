-- Lists by entered time: of an order that has ended and whose entry the broker did not tell, its end stands in.
CREATE INDEX orders_entered_or_ended ON orders (
  (CASE WHEN status = 'PENDING' THEN entered_at ELSE COALESCE(entered_at, closed_at, '') END)
);
