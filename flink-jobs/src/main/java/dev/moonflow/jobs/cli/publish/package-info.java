/**
 * Files become events: which files there are, what each one is, the events that stand for it, and
 * the idempotent producer that sends them.
 */
package dev.moonflow.jobs.cli.publish;
