/**
 * Needle in a haystack (SPEC section 13): one fact in a long text, or one frame in a long video, at
 * known depths and lengths. A library call for the long-context stage, and tasks of the command.
 */
package dev.moonflow.training.evaluation.needle;
