package dev.moonflow.jobs.stream;

/**
 * Why there is no answer about an element.
 *
 * @param stage what was being done, as in the dead letters of the main job
 * @param reason one sentence
 */
public record Failure(String stage, String reason) {}
