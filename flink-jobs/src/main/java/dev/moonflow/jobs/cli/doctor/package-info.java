/**
 * What this machine has of what Moonflow can use, and what to install where something is missing.
 */
package dev.moonflow.jobs.cli.doctor;
