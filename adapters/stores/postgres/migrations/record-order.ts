/** 0003: indexes in the order in which records are listed, all and the open ones: a page of them costs a page. */

export const RECORD_ORDER = `
  CREATE INDEX time_record_from ON time_record (from_ms);
  CREATE INDEX time_record_unended ON time_record (from_ms) WHERE status IN ('running', 'paused');
`;
