export type { JobContext } from './context.js';
export type { Existing, JobDefinition, RecordQuery, Rows } from './definition.js';
export type { JobFailure, Stage } from './engine/failure.js';
export type { LocalOptions } from './file/local-options.js';
export type { LocalRun } from './file/local-run.js';
export { defineJob, type Job } from './job.js';
export type { AnyParams } from './params.js';
export type { JobCounts, JobProgress, JobReport, JobState, RevertReport, StoreReport } from './report.js';
export type { StoreSessions } from './store-sessions.js';
