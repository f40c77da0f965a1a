/**
 * The command line: {@code moonflow demo}, {@code run}, {@code publish}, {@code results}, {@code
 * read}, {@code chaos}, {@code conformance}, {@code bench}, {@code doctor} and {@code version}.
 *
 * <p>One class per command lives here; what a command does lives in a package of its own below, or
 * in {@code dev.moonflow.jobs.demo}. May use everything; nothing uses it.
 */
package dev.moonflow.jobs.cli;
