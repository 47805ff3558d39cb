/** 0003: an index in the order in which records are listed, so that a page of them costs a page. */

export const RECORD_ORDER = `
  CREATE INDEX time_record_from ON time_record (from_ms);
`;
