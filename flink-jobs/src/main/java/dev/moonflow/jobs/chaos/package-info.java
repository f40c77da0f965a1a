/**
 * What {@code moonflow chaos} does: broker, registry, JobManager and TaskManagers as processes of
 * their own, a schedule of kills, pauses and restarts, and a comparison of what comes out with what
 * the bare engine writes.
 *
 * <p>A seed decides events ({@link dev.moonflow.jobs.chaos.ChaosEvents}) and faults ({@link
 * dev.moonflow.jobs.chaos.FaultSchedule}). Faults are timed from one another, or from the recovery
 * before them, and not from the clock, so that a schedule means the same on a slow machine. The
 * checker takes what lies in the input topics as the truth and judges each record as it is read
 * under {@code read_committed}; at the end everything that is missing is lost.
 *
 * <p>A standalone JobManager takes its job with it. The job is submitted again from the newest
 * whole checkpoint, as an operator does it (docs/decisions, 51). The processes are also those of
 * tests that need a standalone cluster ({@link dev.moonflow.jobs.chaos.StandaloneFlink}).
 *
 * <p>May use everything but the commands themselves; only the command line uses it.
 */
package dev.moonflow.jobs.chaos;
