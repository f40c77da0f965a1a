/**
 * Fuzzing: hostile bytes for everything that parses what others send. A target takes any bytes and
 * must come to a value, or to one of its documented refusals with a message of one sentence;
 * nothing else may be thrown, no input may keep it busy for long, and none may make it allocate out
 * of proportion.
 *
 * <p>Inputs are mutations of good ones that are made here. Which ones follows from the seed, the
 * target's name and the number of the input alone, as long as the code that is tested is the same;
 * an input that leads to something new becomes one to mutate. There is no instrumentation: what is
 * new shows in what a target comes to.
 *
 * <p>May use everything that parses: connectors, model, settings, ingest and enrich. Nothing but
 * the command line uses it.
 */
package dev.moonflow.jobs.fuzz;
